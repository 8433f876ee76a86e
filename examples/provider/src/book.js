/**
 * A provider that behaves as Facebook does: plain OAuth 2, a fragment at the end of each address that
 * it sends people to, and their addresses without a word whether they are verified.
 */

import { createHmac } from "node:crypto";
import { CLIENT, redirectUris } from "./client.js";
import { readForm, sendJson } from "./http.js";
import { authorizationServer, idIn } from "./oauth2.js";

export const BOOK = { id: "book", name: "Example Book", tellsVerified: false };

const DENIED = {
  error: "access_denied",
  error_code: "200",
  error_description: "Permissions error",
  error_reason: "user_denied",
};
const ERRORS = {
  client: "Error validating client secret.",
  code: "This authorization code has been used.",
  redirect:
    "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request",
  verifier: "Invalid code_verifier.",
};
const TOKEN_SECONDS = 5_183_944;

/** The requests to this provider: each path below its own, and what answers. */
export function book({ origins }) {
  const redirects = redirectUris("facebook", origins);
  const server = authorizationServer({
    provider: BOOK,
    redirects,
    denied: DENIED,
    fragment: "_=_",
  });

  async function token(request, response) {
    const { problem, token: issued } = server.exchange(await readForm(request));
    if (problem) return fail(response, ERRORS[problem], 100);
    sendJson(response, { access_token: issued, token_type: "bearer", expires_in: TOKEN_SECONDS });
  }

  function me(request, response, url) {
    const [, token] = /^bearer (\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
    const grant = server.grantOf(token);
    if (!grant) return fail(response, "Invalid OAuth access token.", 190);
    const proof = createHmac("sha256", CLIENT.secret).update(token).digest("hex");
    if (url.searchParams.get("appsecret_proof") !== proof) {
      return fail(response, "Invalid appsecret_proof provided in the API argument", 100);
    }
    const { number, name, email } = grant.person;
    const facts = { id: String(number), name, ...(grant.scopes.includes("email") && { email }) };
    const fields = (url.searchParams.get("fields") ?? "id,name").split(",");
    const told = fields.filter((field) => field in facts).map((field) => [field, facts[field]]);
    sendJson(response, { ...Object.fromEntries(told), id: facts.id });
  }

  return {
    "GET /dialog/oauth": (_, response, url) => server.begin(response, url.searchParams),
    "POST /oauth/access_token": token,
    "GET /me": me,
    "GET /answer": (_, response, url) => server.show(response, idIn(url)),
    "POST /answer": (request, response, url) => server.answer(request, response, idIn(url)),
  };
}

function fail(response, message, code) {
  sendJson(response, { error: { message, type: "OAuthException", code, fbtrace_id: "none" } }, 400);
}
