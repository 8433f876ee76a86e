import { expect, test, vi } from "vitest";
import { device, list } from "../../testing/devices.js";
import { stubServer } from "../../testing/server.js";
import { createAuth } from "../client.js";
import { english } from "./all-english.js";
import { createDevices } from "./devices.js";

test("a mistake in the program is not hidden", async () => {
  stubServer({ "GET /api/sessions/": list(device("b")) });
  const auth = createAuth({ baseUrl: "/api/" });
  const devices = createDevices(auth, () => english);
  await devices.load();
  vi.spyOn(auth.sessions, "revokeOthers").mockRejectedValue(new TypeError("Mine"));
  await expect(devices.endOthers()).rejects.toThrow("Mine");
});
