export { type Answer, type Refusal, readAnswer } from "./answer";
export { type Auth, type AuthOptions, createAuth, type Session, type Snapshot } from "./client";
export type {
  Device,
  DeviceList,
  FieldProblem,
  Problem,
  Profile,
  ProfileChanges,
  User,
} from "./contract";
export { safeNext, signInLink } from "./next";
export { Outage, type OutageReason } from "./outage";
export { createStore, type Store } from "./store";
export type { ApiInit } from "./transport";
