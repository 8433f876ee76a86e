import { test, tryS3 } from "../support/classic";

test.use({ refusals: [400] });

test("S3-S reads its token from a header, behind one proxy with Django", async ({ page }) => {
  await tryS3(page, "/s3-s.html");
});
