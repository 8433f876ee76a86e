import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(() => {
  cleanup();
  // The live region stands beside what a test shows.
  if (typeof document !== "undefined") document.body.replaceChildren();
});
