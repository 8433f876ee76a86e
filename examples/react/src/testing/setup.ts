import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";

// A machine that is busy with other things takes longer than a second.
configure({ asyncUtilTimeout: 5_000 });

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
