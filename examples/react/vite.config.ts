import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const django = { target: "http://localhost:8000", changeOrigin: false };

export default defineConfig({
  plugins: [react()],
  build: {
    // The policy of the server is `default-src 'self'`: no data: addresses, nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { "/api": django, "/admin": django, "/static": django },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: "src/testing/setup.ts",
    testTimeout: 30_000,
    // Resolved as in a build, or it would get another copy of the router than the app.
    server: { deps: { inline: ["django-spa-auth"] } },
    restoreMocks: true,
    unstubGlobals: true,
    coverage: {
      include: ["src/**/*.{ts,tsx}"],
      exclude: ["src/main.tsx", "src/testing/**", "src/**/*.{test,test-d}.*", "src/**/*.d.ts"],
      reporter: ["text"],
    },
  },
});
