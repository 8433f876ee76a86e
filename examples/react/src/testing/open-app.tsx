import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { StrictMode } from "react";
import { BrowserRouter } from "react-router";
import { vi } from "vitest";

/** The whole app at an address, as after a fresh load of the page. */
export async function openApp(address: string) {
  history.replaceState(null, "", address);
  // A new module is a new client: each test boots for itself.
  vi.resetModules();
  const { AuthProvider } = await import("django-spa-auth/react");
  const { App } = await import("../app");
  const { auth } = await import("../session");
  render(
    <StrictMode>
      <AuthProvider auth={auth}>
        <BrowserRouter>
          <App />
        </BrowserRouter>
      </AuthProvider>
    </StrictMode>,
  );
  return userEvent.setup();
}
