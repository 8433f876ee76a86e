import { defineConfig } from "@playwright/test";
import { chromium } from "./support/browsers";

/** Takes the pictures of docs/mails anew, from the HTML that is there. */
export default defineConfig({
  testDir: "mails",
  outputDir: "test-results/mails",
  reporter: "list",
  use: { ...chromium() },
});
