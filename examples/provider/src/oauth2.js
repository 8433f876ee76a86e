/** What the two providers of plain OAuth 2 share: RFC 6749 with PKCE (RFC 7636) demanded. */

import { createHash, randomBytes } from "node:crypto";
import { readAnswer } from "./answer.js";
import { CLIENT } from "./client.js";
import { readForm, sendPage, sendTo } from "./http.js";
import { ANSWERED, choosePage, consentPage, problemPage } from "./pages.js";

const CODE_SECONDS = 600;

/**
 * The authorization server of one provider. `redirects` are the addresses that it may send people
 * to, `denied` the parameters that say somebody cancelled, `fragment` what it adds to an address.
 */
export function authorizationServer({ provider, redirects, denied, fragment = "" }) {
  const requests = new Map();
  const codes = new Map();
  const tokens = new Map();
  const allowed = new Set();

  /** Take the request that the application sent somebody with, and ask who that is. */
  function begin(response, query) {
    const redirect = query.get("redirect_uri") ?? "";
    // These two must not be reported to where they point.
    if (query.get("client_id") !== CLIENT.id) {
      return sendPage(response, problemPage(provider, "The application is not known here."), 400);
    }
    if (!redirects.includes(redirect)) {
      const problem = "The application is not registered for the address that it wants to go to.";
      return sendPage(response, problemPage(provider, problem), 400);
    }
    const state = query.get("state");
    const challenge = query.get("code_challenge");
    if (!challenge || query.get("code_challenge_method") !== "S256") {
      const description = "PKCE with S256 is required";
      const parameters = { error: "invalid_request", error_description: description, state };
      return sendTo(response, redirect, parameters, fragment);
    }
    const id = random();
    const scopes = (query.get("scope") ?? "").split(/[\s,]+/).filter(Boolean);
    requests.set(id, { redirect, state, challenge, scopes });
    sendPage(response, choosePage({ provider, action: actionOf(id) }));
  }

  /** Take what somebody said on a page, and ask on or send them back. */
  async function answer(request, response, id) {
    const asked = requests.get(id);
    if (!asked) return sendPage(response, problemPage(provider, ANSWERED), 400);
    const said = readAnswer(await readForm(request));
    const action = actionOf(id);
    if (said.problem) {
      return sendPage(response, choosePage({ provider, action, problem: said.problem }), 400);
    }
    if (said.cancelled) {
      requests.delete(id);
      return sendTo(response, asked.redirect, { ...denied, state: asked.state }, fragment);
    }
    if (!said.allowed && !allowed.has(said.person.id)) {
      return sendPage(response, consentPage({ provider, action, person: said.person }));
    }
    allowed.add(said.person.id);
    requests.delete(id);
    const code = random();
    const until = Date.now() + CODE_SECONDS * 1000;
    codes.set(code, { ...asked, person: said.person, until });
    sendTo(response, asked.redirect, { code, state: asked.state }, fragment);
  }

  /** Ask again on a page that was loaded anew. */
  function show(response, id) {
    if (requests.has(id)) return sendPage(response, choosePage({ provider, action: actionOf(id) }));
    sendPage(response, problemPage(provider, ANSWERED), 400);
  }

  /** Exchange a code for a token, once. The answer names what is wrong instead: `problem`. */
  function exchange(fields) {
    if (fields.get("client_id") !== CLIENT.id || fields.get("client_secret") !== CLIENT.secret) {
      return { problem: "client" };
    }
    const code = fields.get("code");
    const issued = codes.get(code);
    codes.delete(code);
    if (!issued || issued.until < Date.now()) return { problem: "code" };
    if (issued.redirect !== fields.get("redirect_uri")) return { problem: "redirect" };
    const verifier = fields.get("code_verifier") ?? "";
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    if (challenge !== issued.challenge) return { problem: "verifier" };
    const token = random();
    tokens.set(token, { person: issued.person, scopes: issued.scopes });
    return { token, scopes: issued.scopes };
  }

  const actionOf = (id) => `/${provider.id}/answer/${id}`;
  const grantOf = (token) => tokens.get(token);
  return { begin, show, answer, exchange, grantOf };
}

/** Which request an address of its pages is about. */
export function idIn({ pathname }) {
  return pathname.split("/").at(-1);
}

function random() {
  return randomBytes(24).toString("base64url");
}
