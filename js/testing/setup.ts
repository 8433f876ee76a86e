import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// A machine that is busy with other things takes longer than a second.
configure({ asyncUtilTimeout: 5_000 });

afterEach(() => {
  cleanup();
  // The live region stands beside what a test shows.
  if (typeof document !== "undefined") document.body.replaceChildren();
});
