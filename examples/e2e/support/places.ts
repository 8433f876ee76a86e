/** Where things are. The set-up chooses them, the environment carries them to the workers. */

import { join } from "node:path";

export const ATTACKER_HOST = "other.test";

interface Places {
  folder: string;
  /** The ports: one product per worker. */
  products: number[];
  /** The ports of the providers: one per product, which its worker starts when a test needs it. */
  providers: number[];
  attacker: number;
}

export function publish({ folder, products, providers, attacker }: Places): void {
  process.env.E2E_FOLDER = folder;
  process.env.E2E_PRODUCTS = products.join(" ");
  process.env.E2E_PROVIDERS = providers.join(" ");
  process.env.E2E_ATTACKER = String(attacker);
}

/** The origin of this worker's product. */
export function product(): string {
  return `http://localhost:${port()}`;
}

/** The port of this worker's provider. */
export function providerPort(): number {
  return ours(process.env.E2E_PROVIDERS);
}

/** What this worker's product has written. */
export function log(): string {
  return logOf(folder(), port());
}

/** Where this worker's product keeps its data. */
export function dataFolder(): string {
  return join(folder(), String(port()));
}

/** Where this worker's product puts the mail that it sends. */
export function mailFolder(): string {
  return join(dataFolder(), "mail");
}

/** For what is gone after the run. */
export function folder(): string {
  return process.env.E2E_FOLDER ?? "";
}

export function logOf(folder: string, port: number): string {
  return join(folder, `${port}.log`);
}

/** Two origins of one attacker: on another site, and on the product's own site, one port further. */
export function attackers(): string[] {
  return [ATTACKER_HOST, "localhost"].map((host) => `http://${host}:${process.env.E2E_ATTACKER}`);
}

function port(): number {
  return ours(process.env.E2E_PRODUCTS);
}

/** This worker's one of the ports of all. */
function ours(ports = ""): number {
  return Number(ports.split(" ")[Number(process.env.TEST_PARALLEL_INDEX ?? 0)]);
}
