import { cleanup } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";

beforeEach(() => {
  // jsdom has no layout, so it cannot scroll.
  vi.stubGlobal("scrollTo", () => {});
  history.replaceState(null, "", "/");
});

afterEach(() => {
  cleanup();
  // The live region of the components stands beside the app.
  document.body.replaceChildren();
});
