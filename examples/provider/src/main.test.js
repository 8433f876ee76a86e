import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("main.js", import.meta.url));

function start(port) {
  return spawn(process.execPath, [MAIN], { env: { ...process.env, PORT: String(port) } });
}

async function heldPort() {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  return { holder, port: holder.address().port };
}

for (const [how, end] of [
  ["the input ends", (child) => child.stdin.end()],
  ["it is told to end", (child) => child.kill("SIGTERM")],
  ["it is interrupted", (child) => child.kill("SIGINT")],
]) {
  test(`says where it is, and stops without a word when ${how}`, async () => {
    const { holder, port } = await heldPort();
    await new Promise((resolve) => holder.close(resolve));
    const child = start(port);
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    const [line] = await once(child.stdout, "data");
    assert.equal(String(line), `http://127.0.0.1:${port}\n`);
    assert.equal((await fetch(String(line).trim())).status, 200);
    end(child);
    const [code] = await once(child, "exit");
    assert.deepEqual([code, said], [0, ""]);
  });
}

test("says that its port is taken", async () => {
  const { holder, port } = await heldPort();
  const child = start(port);
  const [said] = await once(child.stderr, "data");
  assert.match(String(said), new RegExp(`Port ${port} is in use`));
  assert.equal((await once(child, "exit"))[0], 1);
  holder.close();
});
