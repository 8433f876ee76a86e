import { once } from "node:events";
import { createServer } from "node:net";

// Below the range that outgoing connections take theirs from.
const FIRST = 20_000;
const LAST = 32_000;

/** Different ports that are free now. The start is random, so that two suites rarely meet. */
export async function freePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  const start = FIRST + Math.floor((Math.random() * (LAST - FIRST)) / 2);
  for (let port = start; port < LAST && found.length < count; port += 1) {
    if (await isFree(port)) found.push(port);
  }
  if (found.length < count) throw new Error(`No ${count} ports are free from ${start} to ${LAST}`);
  return found;
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen(port, "127.0.0.1");
    await once(probe, "listening");
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}
