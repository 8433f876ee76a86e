import { cleanup, configure } from "@testing-library/vue";
import { afterEach, beforeEach, vi } from "vitest";

// jsdom has no layout: nothing is ever measured or seen, and it cannot scroll.
class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}

// A machine that is busy with other things takes longer than a second.
configure({ asyncUtilTimeout: 5_000 });

beforeEach(() => {
  vi.stubGlobal("ResizeObserver", Observer);
  vi.stubGlobal("IntersectionObserver", Observer);
  vi.stubGlobal("scrollTo", () => {});
  history.replaceState(null, "", "/");
});

afterEach(() => {
  cleanup();
  // The live region of the components stands beside the app.
  document.body.replaceChildren();
});
