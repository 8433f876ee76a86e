// A25 of the attacks that are known: cookies planted without TLS, before HSTS is known.
import { startAttacker } from "../support/attacker";
import { expect, signInAs, test } from "../support/matrix";
import { freePorts } from "../support/ports";

test.use({ complaintsFail: false });

// Only on hosts outside localhost, which browsers trust also without encryption.
test("who can change unencrypted pages of the API's host cannot plant a session", async ({
  page,
  stack,
}) => {
  await signInAs(page, "alice");
  const [port = 0] = await freePorts(1);
  const server = await startAttacker(port);
  const host = new URL(stack.api).hostname;
  const forged = await page.context().newPage();
  await forged.goto(`http://${host}:${port}/`);
  await forged.evaluate(() => {
    for (const name of ["sessionid", "__Host-sessionid", "__Secure-sessionid"]) {
      // biome-ignore lint/suspicious/noDocumentCookie: an attacker's script, in every browser
      document.cookie = `${name}=forged; Path=/`;
      // biome-ignore lint/suspicious/noDocumentCookie: likewise
      document.cookie = `${name}=forged; Path=/; Secure`;
    }
  });
  server.close();

  const planted = await page.context().cookies(`http://${host}`);
  expect(planted.map(({ name }) => name)).toEqual(["sessionid"]);
  const direct = await forged.goto(`${stack.api}/api/session/`);
  expect(await direct?.json()).toMatchObject({ status: "anonymous" });
  await page.reload();
  await expect(page.getByRole("heading", { name: "Hello alice" })).toBeVisible();
});
