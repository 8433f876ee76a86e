import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, before, describe, test } from "node:test";
import { CLIENT } from "./client.js";
import { createProviders } from "./server.js";
import { Visitor } from "./visitor.js";

const ORIGIN = "http://localhost:8000";
const VERIFIER = "v".repeat(43);
const BASIC = `Basic ${btoa(`${CLIENT.id}:${CLIENT.secret}`)}`;

let base;
let server;

before(async () => {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  server = await createProviders({ address: `http://127.0.0.1:${port}`, origins: [ORIGIN] });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${port}`;
});

after(() => {
  server.close();
  server.closeAllConnections();
});

const PROVIDERS = {
  oidc: { path: "/authorize", scope: "openid profile email" },
  github: { path: "/hub/login/oauth/authorize", scope: "user:email" },
  facebook: { path: "/book/dialog/oauth", scope: "email" },
};

function begin(name, changed = {}) {
  const parameters = new URLSearchParams({
    client_id: CLIENT.id,
    redirect_uri: redirect(name),
    response_type: "code",
    scope: PROVIDERS[name].scope,
    state: "the-state",
    code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
    code_challenge_method: "S256",
    ...changed,
  });
  return new Visitor().open(`${base}${PROVIDERS[name].path}?${parameters}`);
}

async function codeFor(name, fields) {
  const asked = await (await begin(name)).send(fields);
  const back = asked instanceof URL ? asked : await asked.send({ ...fields, answer: "allow" });
  assert.equal(back.origin + back.pathname, redirect(name));
  assert.equal(back.searchParams.get("state"), "the-state");
  return back.searchParams.get("code");
}

const redirect = (name) => `${ORIGIN}/auth/${name}/callback`;

function exchange(name, code, changed = {}) {
  const fields = new URLSearchParams({
    grant_type: "authorization_code",
    code,
    redirect_uri: redirect(name),
    code_verifier: VERIFIER,
    ...(name !== "oidc" && { client_id: CLIENT.id, client_secret: CLIENT.secret }),
    ...changed,
  });
  if (name === "facebook") return read(`${base}/book/oauth/access_token`, { body: fields });
  if (name === "github") return read(`${base}/hub/login/oauth/access_token`, { body: fields });
  return read(`${base}/token`, { body: fields, headers: { Authorization: BASIC } });
}

async function read(address, init = {}) {
  const response = await fetch(address, { method: init.body ? "POST" : "GET", ...init });
  return { status: response.status, body: await response.json() };
}

for (const name of Object.keys(PROVIDERS)) {
  describe(name, () => {
    test("asks nobody without PKCE", async () => {
      const back = await begin(name, { code_challenge: "", code_challenge_method: "" });
      assert.equal(back.searchParams.get("error"), "invalid_request");
    });

    test("sends nobody to an address that it does not know", async () => {
      const page = await begin(name, { redirect_uri: "https://evil.test/" });
      assert.equal(page.status, 400);
      assert.match(page.html, /This does not work/);
    });

    test("says that somebody cancelled", async () => {
      const back = await (await begin(name)).send({ answer: "cancel" });
      assert.equal(back.searchParams.get("error"), "access_denied");
      assert.equal(back.searchParams.get("state"), "the-state");
    });

    test("says what is missing, and takes the next answer", async () => {
      const page = await (await begin(name)).send({ person: "other", name: "X" });
      assert.equal(page.status, 400);
      assert.match(page.html, /enter a name and an email address/);
      assert.match((await page.send({ person: "bob" })).html, /Bob Builder/);
    });

    test("takes a code once, and asks for the same consent once", async () => {
      const code = await codeFor(name, { person: "nora" });
      assert.equal((await exchange(name, code)).status, 200);
      assert.ok("error" in (await exchange(name, code)).body);
      const back = await (await begin(name)).send({ person: "nora" });
      assert.ok(back.searchParams.get("code"));
    });

    for (const changed of [
      { code_verifier: "w".repeat(43) },
      { redirect_uri: `${ORIGIN}/elsewhere` },
      { code: "made-up" },
    ]) {
      test(`refuses another ${Object.keys(changed)}`, async () => {
        const code = await codeFor(name, { person: "alice" });
        assert.ok("error" in (await exchange(name, code, changed)).body);
      });
    }
  });
}

test("Example says whether an address is verified, in the token and beside it", async () => {
  for (const [person, verified] of [
    ["alice", true],
    ["mallory", false],
  ]) {
    const { body } = await exchange("oidc", await codeFor("oidc", { person }));
    const claims = JSON.parse(Buffer.from(body.id_token.split(".")[1], "base64url"));
    const told = await read(`${base}/me`, {
      headers: { Authorization: `Bearer ${body.access_token}` },
    });
    for (const source of [claims, told.body]) {
      assert.equal(source.email, "alice@example.com");
      assert.equal(source.email_verified, verified);
      assert.equal(source.sub, person);
    }
  }
});

test("Example Hub says so in a second call, for the address that is the first", async () => {
  const other = { person: "other", name: "Olga <b>", email: "olga@example.com" };
  const { body } = await exchange("github", await codeFor("github", other));
  const headers = { Authorization: `token ${body.access_token}` };
  assert.equal((await read(`${base}/hub/user`, { headers })).body.email, null);
  const emails = (await read(`${base}/hub/user/emails`, { headers })).body;
  assert.deepEqual(
    emails.map(({ primary, verified }) => [primary, verified]),
    [
      [false, true],
      [true, false],
    ],
  );
  assert.equal((await read(`${base}/hub/user`)).status, 401);
});

test("Example Book tells an address and nothing about it", async () => {
  const { body } = await exchange("facebook", await codeFor("facebook", { person: "alice" }));
  const proof = createHmac("sha256", CLIENT.secret).update(body.access_token).digest("hex");
  const headers = { Authorization: `Bearer ${body.access_token}` };
  const me = `${base}/book/me?fields=id,name,email`;
  const told = await read(`${me}&appsecret_proof=${proof}`, { headers });
  assert.deepEqual(Object.keys(told.body).sort(), ["email", "id", "name"]);
  assert.equal((await read(me, { headers })).status, 400);
});

test("what people enter is text on the pages", async () => {
  const fields = { person: "other", name: "<script>x</script>", email: "a@b.example" };
  const page = await (await begin("github")).send(fields);
  assert.doesNotMatch(page.html, /<script>/);
});
