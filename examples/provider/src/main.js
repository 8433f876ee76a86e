/**
 * Serve the providers on the loopback address until told to stop, or until the input ends: then the
 * one who started it is gone. `PORT` says where, `ORIGINS` which application may use them. Over TLS
 * `ADDRESS` is how people reach it, `TLS_CERTIFICATE` and `TLS_KEY` name the files.
 */

import { readFileSync } from "node:fs";
import { createProviders } from "./server.js";

const port = Number(process.env.PORT ?? 8001);
const origins = (process.env.ORIGINS ?? "http://localhost:8000").split(" ");
const address = process.env.ADDRESS ?? `http://127.0.0.1:${port}`;
const { TLS_CERTIFICATE, TLS_KEY } = process.env;
const tls = TLS_CERTIFICATE && { cert: readFileSync(TLS_CERTIFICATE), key: readFileSync(TLS_KEY) };

const server = await createProviders({ address, origins, tls });
server.on("error", (error) => {
  const taken = `Port ${port} is in use: choose another one for the provider.`;
  process.stderr.write(`${error.code === "EADDRINUSE" ? taken : error.message}\n`);
  process.exit(1);
});
server.listen(port, "127.0.0.1", () => process.stdout.write(`${address}\n`));

function stop() {
  server.close(() => process.exit());
  server.closeAllConnections();
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
process.stdin.on("close", stop).resume();
