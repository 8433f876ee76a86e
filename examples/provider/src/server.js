import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { BOOK, book } from "./book.js";
import { EXAMPLE, example } from "./example.js";
import { sendPage } from "./http.js";
import { HUB, hub } from "./hub.js";
import { homePage, problemPage } from "./pages.js";

const STYLE = readFileSync(new URL("style.css", import.meta.url));

/**
 * A server of the three providers at `address`, for the application at `origins`, not listening yet.
 * Below the paths /hub and /book are those of plain OAuth 2, everything else is the OpenID provider.
 */
export async function createProviders({ address, origins, tls }) {
  const openId = await example({ issuer: address, origins });
  const plain = new Map([
    [HUB, hub({ origins })],
    [BOOK, book({ origins })],
  ]);

  async function answer(request, response) {
    const url = new URL(request.url, address);
    if (url.pathname === "/") return sendPage(response, homePage(EXAMPLE));
    if (url.pathname === "/style.css") {
      return response.writeHead(200, { "Content-Type": "text/css" }).end(STYLE);
    }
    for (const [provider, answers] of plain) {
      if (url.pathname.startsWith(`/${provider.id}/`)) {
        return route(provider, answers)(request, response, url);
      }
    }
    return openId(request, response);
  }

  function listener(request, response) {
    answer(request, response).catch((error) => {
      process.stderr.write(`${error.stack}\n`);
      if (!response.headersSent) sendPage(response, problemPage(EXAMPLE, "An error of ours."), 500);
    });
  }

  return tls ? createTlsServer(tls, listener) : createServer(listener);
}

function route(provider, answers) {
  return (request, response, url) => {
    const path = url.pathname.slice(provider.id.length + 1);
    const found = answers[`${request.method} ${path.replace(/^\/answer\/.*/, "/answer")}`];
    if (found) return found(request, response, url);
    sendPage(response, problemPage(provider, "There is no such page."), 404);
  };
}
