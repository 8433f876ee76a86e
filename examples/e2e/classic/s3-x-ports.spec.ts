import { tryS3 } from "../support/classic";
import { test } from "../support/two-ports";

test.use({ refusals: [400] });

test("S3-X reads its token from a header of another port", async ({ page, places }) => {
  await tryS3(page, `/s3-x.html?api=${places.api}`);
});
