export { type FakeAuth, type FakeState, fakeAuth } from "./auth.js";
export type { DataOf, OperationKey, ProblemOf } from "./operations.js";
export type { Person } from "./people.js";
export {
  createFakeServer,
  type FakeServer,
  type FakeServerOptions,
  type HttpOfMsw,
} from "./server.js";
