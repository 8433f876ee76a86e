import { test, tryS3 } from "../support/classic";

test.use({ refusals: [400] });

test("S3-X reads its token from a header of another host", async ({ page, stack }) => {
  await tryS3(page, `/s3-x.html?api=${stack.api}`);
});
