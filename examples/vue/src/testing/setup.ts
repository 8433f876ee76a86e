import { cleanup } from "@testing-library/vue";
import { afterEach, beforeEach, vi } from "vitest";

// jsdom has no layout: nothing is ever measured or seen, and it cannot scroll.
class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}

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
