/** The OpenID provider "Example": oidc-provider, with pages of our own. */

import { generateKeyPairSync, randomBytes } from "node:crypto";
import { readAnswer } from "./answer.js";
import { CLIENT, redirectUris } from "./client.js";
import { readForm, sendPage } from "./http.js";
import { ANSWERED, choosePage, consentPage, problemPage } from "./pages.js";
import { find } from "./people.js";

export const EXAMPLE = { id: "example", name: "Example", tellsVerified: true };

const SCOPES = "openid profile email";
const NAMES = ["name", "given_name", "family_name"];

/** Answer a request to the provider. `issuer` is its own address, `origins` those of the client. */
export async function example({ issuer, origins }) {
  const { errors, provider } = await quietly(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_name: CLIENT.name,
        client_secret: CLIENT.secret,
        redirect_uris: redirectUris("oidc", origins),
      },
    ],
    claims: { openid: ["sub"], profile: NAMES, email: ["email", "email_verified"] },
    // The address is in the ID token too, where Google, Microsoft and Apple have it.
    conformIdTokenClaims: false,
    cookies: { keys: [random()] },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    findAccount: (_, id) => account(find(id)),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    jwks: { keys: [signingKey()] },
    pkce: { required: () => true },
    renderError: (ctx, { error_description: description, error }) => {
      ctx.type = "html";
      ctx.body = problemPage(EXAMPLE, description ?? error);
    },
    routes: { authorization: "/authorize" },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 600,
      Grant: 3600,
      IdToken: 600,
      Interaction: 3600,
      Session: 600,
    },
  });
  const serve = provider.callback();
  const allowed = new Set();

  function answer(request, response) {
    forgetVisitor(request);
    if (request.url.startsWith("/interaction/")) return interact(request, response);
    serve(request, response);
  }

  async function interact(request, response) {
    const action = new URL(request.url, issuer).pathname;
    try {
      await provider.interactionDetails(request, response);
    } catch (error) {
      if (!(error instanceof errors.SessionNotFound)) throw error;
      return sendPage(response, problemPage(EXAMPLE, ANSWERED), 400);
    }
    if (request.method !== "POST") {
      return sendPage(response, choosePage({ provider: EXAMPLE, action }));
    }
    const said = readAnswer(await readForm(request));
    if (said.problem) {
      const { problem } = said;
      return sendPage(response, choosePage({ provider: EXAMPLE, action, problem }), 400);
    }
    if (said.cancelled) {
      const result = { error: "access_denied", error_description: "End-User aborted interaction" };
      return provider.interactionFinished(request, response, result);
    }
    const { person } = said;
    if (!said.allowed && !allowed.has(person.id)) {
      return sendPage(response, consentPage({ provider: EXAMPLE, action, person }));
    }
    allowed.add(person.id);
    const grant = new provider.Grant({ accountId: person.id, clientId: CLIENT.id });
    grant.addOIDCScope(SCOPES);
    const grantId = await grant.save();
    // Both at once, so that no session is needed in between.
    const result = { login: { accountId: person.id }, consent: { grantId } };
    await provider.interactionFinished(request, response, result);
  }

  return answer;
}

/** Nobody stays signed in here, so that each visit asks who one is. */
function forgetVisitor(request) {
  const cookies = (request.headers.cookie ?? "").split(/; */);
  request.headers.cookie = cookies.filter((one) => !one.startsWith("_session")).join("; ");
}

function account(person) {
  if (!person) return undefined;
  const { id, name, email, verified } = person;
  const [given, ...family] = name.split(" ");
  const names = { name, given_name: given, family_name: family.join(" ") };
  return {
    accountId: id,
    claims: () => ({ sub: id, ...names, email, email_verified: verified }),
  };
}

function signingKey() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  // A name of its own, by which an application that kept the keys of an earlier start sees it is new.
  return { ...privateKey.export({ format: "jwk" }), alg: "RS256", kid: random(), use: "sig" };
}

/** Make the provider without the package's notices that memory and Node 20 are not for production. */
async function quietly(issuer, configuration) {
  const { warn } = console;
  console.warn = () => {};
  try {
    const { errors, Provider } = await import("oidc-provider");
    return { errors, provider: new Provider(issuer, configuration) };
  } finally {
    console.warn = warn;
  }
}

function random() {
  return randomBytes(16).toString("hex");
}
