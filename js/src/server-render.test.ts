// @vitest-environment node
import { expect, test, vi } from "vitest";
import { createAuth } from "./client.js";

test("without a window the client is loading, and asks nothing", () => {
  const fetch = vi.fn();
  vi.stubGlobal("fetch", fetch);
  const auth = createAuth({ baseUrl: "/api/" });
  auth.subscribe(() => {})();
  auth.on("signedIn", () => {})();
  expect(auth.get().status).toBe("loading");
  expect(fetch).not.toHaveBeenCalled();
  auth.dispose();
});
