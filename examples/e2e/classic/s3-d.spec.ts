import { test, tryS3 } from "../support/classic";

test.use({ refusals: [400] });

test("S3-D does the same beside views of Django REST framework", async ({ page }) => {
  await tryS3(page, "/s3-s.html");
});
