/**
 * A provider that behaves as GitHub does: plain OAuth 2, errors of the token endpoint with status 200,
 * addresses from a second call, and only there whether they are verified.
 */

import { redirectUris } from "./client.js";
import { readForm, sendJson } from "./http.js";
import { authorizationServer, idIn } from "./oauth2.js";

export const HUB = { id: "hub", name: "Example Hub", tellsVerified: true };

const DENIED = {
  error: "access_denied",
  error_description: "The user has denied your application access.",
};
const ERRORS = {
  client: ["incorrect_client_credentials", "The client_id and/or client_secret is incorrect."],
  code: ["bad_verification_code", "The code passed is incorrect or expired."],
  redirect: ["redirect_uri_mismatch", "The redirect_uri is not the one of the authorization."],
  verifier: ["bad_verification_code", "The code_verifier does not match the code_challenge."],
};

/** The requests to this provider: each path below its own, and what answers. */
export function hub({ origins }) {
  const redirects = redirectUris("github", origins);
  const server = authorizationServer({ provider: HUB, redirects, denied: DENIED });

  async function token(request, response) {
    const { problem, token: issued, scopes } = server.exchange(await readForm(request));
    if (problem) {
      const [error, description] = ERRORS[problem];
      return sendJson(response, { error, error_description: description });
    }
    sendJson(response, { access_token: issued, token_type: "bearer", scope: scopes.join(",") });
  }

  function user(request, response) {
    const grant = granted(request);
    if (!grant) return sendJson(response, { message: "Bad credentials" }, 401);
    const { number, login, name } = grant.person;
    // Addresses are private unless people publish one.
    sendJson(response, { id: number, login, name, email: null, type: "User" });
  }

  function emails(request, response) {
    const grant = granted(request);
    if (!grant) return sendJson(response, { message: "Bad credentials" }, 401);
    if (!grant.scopes.includes("user:email")) {
      return sendJson(response, { message: "Not Found" }, 404);
    }
    const { number, login, email, verified } = grant.person;
    const forwarding = `${number}+${login}@users.noreply.example`;
    sendJson(response, [
      { email: forwarding, primary: false, verified: true, visibility: null },
      { email, primary: true, verified, visibility: "private" },
    ]);
  }

  function granted(request) {
    const [, token] = /^(?:token|bearer) (\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
    return server.grantOf(token);
  }

  return {
    "GET /login/oauth/authorize": (_, response, url) => server.begin(response, url.searchParams),
    "POST /login/oauth/access_token": token,
    "GET /user": user,
    "GET /user/emails": emails,
    "GET /answer": (_, response, url) => server.show(response, idIn(url)),
    "POST /answer": (request, response, url) => server.answer(request, response, idIn(url)),
  };
}
