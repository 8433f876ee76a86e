import { expect, test, vi } from "vitest";
import { json, stubServer } from "../../testing/server.js";
import { createAuth } from "../client.js";
import { configOf } from "./config.js";

test("what the installation offers is asked once", async () => {
  const config = { account: { deleteAfterDays: 0 } };
  const server = stubServer({ "GET /api/config/": json(config) });
  const source = configOf(createAuth({ baseUrl: "/api/" }));
  expect(source.get()).toEqual({});
  source.load();
  source.load();
  await vi.waitFor(() => expect(source.get()).toEqual({ config }));
  source.load();
  expect(source.get()).toEqual({ config });
  expect(server.keys()).toHaveLength(1);
});
