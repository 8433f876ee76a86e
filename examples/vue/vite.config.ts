import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";

const django = { target: "http://localhost:8000", changeOrigin: false };

export default defineConfig({
  plugins: [vue()],
  build: {
    // The policy of the server is `default-src 'self'`: no data: addresses, nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    port: 5174,
    strictPort: true,
    proxy: { "/api": django, "/admin": django, "/static": django },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
    setupFiles: "src/testing/setup.ts",
    // The first test of a file waits for all of Vuetify to be transformed.
    testTimeout: 30_000,
    restoreMocks: true,
    unstubGlobals: true,
    // Ours is resolved as in a build, or it would get another copy of the router than the app. The
    // components of Vuetify import style sheets, which Node cannot.
    server: { deps: { inline: ["django-spa-auth", "vuetify"] } },
    coverage: {
      include: ["src/**/*.{ts,vue}"],
      exclude: ["src/main.ts", "src/testing/**", "src/**/*.test.ts", "src/**/*.d.ts"],
      reporter: ["text"],
    },
  },
});
