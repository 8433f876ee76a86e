import userEvent from "@testing-library/user-event";
import { cleanup, render } from "@testing-library/vue";
import { afterEach } from "vitest";
import type { Plugin, VNodeArrayChildren } from "vue";
import type { Auth } from "../src/auth.js";
import { createAuth } from "../src/client.js";
import { authPlugin } from "../src/vue/plugin.js";

afterEach(cleanup);

export interface ShowOptions {
  plugins?: Plugin[];
  onError?: (error: unknown) => void;
}

/** Shows something in an app with a client of its own. What Vue warns of is a failure. */
export function show(
  content: () => VNodeArrayChildren[number],
  { plugins = [], onError }: ShowOptions = {},
): { auth: Auth; user: ReturnType<typeof userEvent.setup> } {
  const auth = createAuth({ baseUrl: "/api/" });
  render(
    { render: content },
    {
      global: {
        plugins: [[authPlugin, { auth }], ...plugins],
        config: { warnHandler, ...(onError && { errorHandler: onError }) },
      },
    },
  );
  return { auth, user: userEvent.setup() };
}

function warnHandler(message: string): never {
  throw new Error(message);
}
