import { test, tryS3 } from "../support/classic";

test.use({ refusals: [400] });

test("S3-T reads its token from the cookie of a page that Django serves", async ({ page }) => {
  await tryS3(page, "/s3-t.html");
});
