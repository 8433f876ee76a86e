import { test as base } from "./fixtures";
import { product, providerPort } from "./places";
import { Provider } from "./provider";

export { expect } from "./fixtures";

/** With the provider of this worker's product, started for the first test that needs it. */
export const test = base.extend<object, { provider: Provider }>({
  provider: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see what a fixture needs
    async ({}, use) => {
      const provider = new Provider(providerPort(), product());
      await provider.start();
      await use(provider);
      await provider.stop();
    },
    { scope: "worker", auto: true },
  ],
});
