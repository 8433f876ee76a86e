import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ReactNode, StrictMode } from "react";
import type { Auth } from "../src/auth.js";
import { createAuth } from "../src/client.js";
import { AuthProvider } from "../src/react/provider.js";

/** Shows something below a client of its own, as an app in development does. */
export function show(node: ReactNode): { auth: Auth; user: ReturnType<typeof userEvent.setup> } {
  const auth = createAuth({ baseUrl: "/api/" });
  render(
    <StrictMode>
      <AuthProvider auth={auth}>{node}</AuthProvider>
    </StrictMode>,
  );
  return { auth, user: userEvent.setup() };
}
