/**
 * The contract of the server, as the client sees it: names for what is generated.
 *
 * `npm run openapi` writes `schema.d.ts` from `openapi/v1.json`. The rest of the client imports
 * from here, so that a change of the document shows in one place.
 */
import type { components, operations } from "./schema";

type Schemas = components["schemas"];

export type User = Schemas["User"];
export type SessionInfo = Schemas["StoredSession"];
export type Device = Schemas["ListedSession"];
export type DeviceList = Schemas["SessionList"];
export type SessionState = Schemas["SessionState"];
export type AuthenticatedState = Schemas["Authenticated"];
export type CsrfToken = Schemas["CsrfToken"];
export type FieldProblem = Schemas["FieldError"];

/** An `application/problem+json` body (RFC 9457). In `fields`, `""` stands for the whole body. */
export type Problem = Schemas["InvalidBodyProblem"];

/** An e-mail address is looked for if `login` contains an `@`, else a user name. */
export type Credentials = Pick<Schemas["PasswordLogin"], "password"> & {
  login: string;
  /** The server's default is `true`. */
  remember?: boolean;
};

/** The document describes a stock user. In this project people may change their user name too. */
export type Profile = Schemas["Profile"] & Pick<User, "username">;
export type ProfileChanges = Schemas["ProfileChange"] & { username?: string };

/** The codes that an operation declares. A newer server may send others: keep a `default:`. */
type CodesOf<Operation extends { responses: object }> = {
  [Status in keyof Operation["responses"]]: Operation["responses"][Status] extends {
    content: { "application/problem+json": { code?: infer Code extends string } };
  }
    ? Code
    : never;
}[keyof Operation["responses"]];

export type SignInCode = CodesOf<operations["loginPassword"]>;
export type SignOutCode = CodesOf<operations["logout"]>;
export type ProfileCode = CodesOf<operations["profileChange"]>;
