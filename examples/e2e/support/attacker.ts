import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";

const PROBE = "probe=1";

/** A server whose pages are empty: the tests run the attacks in them, as their own scripts would. */
export async function startAttacker(
  port: number,
  tls?: { cert: Buffer; key: Buffer },
): Promise<Server> {
  const server = tls ? createTlsServer(tls, answer) : createServer(answer);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

const answer: RequestListener = (request, response) => {
  const origin = request.headers.origin;
  if (request.url === "/probe") {
    response.setHeader("Set-Cookie", `${PROBE}; SameSite=None; Secure; Path=/probe`);
    if (origin) response.setHeader("Access-Control-Allow-Origin", origin);
    response.setHeader("Access-Control-Allow-Credentials", "true");
    return response.end(String(request.headers.cookie?.includes(PROBE) ?? false));
  }
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.end('<!doctype html><html lang="en"><title>You have won</title><h1>You have won</h1>');
};
