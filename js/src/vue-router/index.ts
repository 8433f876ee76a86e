export { requireSession } from "./guard.js";
export {
  RequireSession,
  type RequireSessionProps,
  type RequireSessionSlots,
} from "./require-session.js";
