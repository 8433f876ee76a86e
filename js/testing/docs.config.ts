import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

const SRC = resolve(import.meta.dirname, "..", "src");

/** For tests that a page of the documentation shows, on the sources in place of the package. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^django-spa-auth$/, replacement: `${SRC}/index.ts` },
      { find: /^django-spa-auth\/(.+)$/, replacement: `${SRC}/$1/index.ts` },
    ],
  },
  test: {
    environment: "jsdom",
    include: ["**/*.test.{ts,tsx}"],
    setupFiles: resolve(import.meta.dirname, "setup.ts"),
  },
});
