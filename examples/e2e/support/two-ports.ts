import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { OWN } from "./classic";
import { test as base } from "./fixtures";
import { folder, logOf } from "./places";
import { freePorts } from "./ports";
import { failuresIn, PYTHON_PATH, serve, stop } from "./product";
import { seedIn } from "./stacks";

const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript" };

/** The origins of the front end and of Django. */
interface Places {
  app: string;
  api: string;
}

/** As on a developer's machine: the front end's server and Django, each on a port of localhost. */
export const test = base.extend<object, { places: Places }>({
  places: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see what a fixture needs
    async ({}, use) => {
      const [front = 0, port = 0] = await freePorts(2);
      const data = mkdtempSync(join(folder(), "two-ports-"));
      cpSync(seedIn(folder()), data, { recursive: true });
      const log = logOf(folder(), port);
      const api = `http://localhost:${port}`;
      const app = `http://localhost:${front}`;
      const env = {
        DJANGO_SETTINGS_MODULE: OWN.settings,
        PYTHONPATH: PYTHON_PATH,
        DEPLOYMENT: "CrossOrigin",
        ORIGIN: app,
        API_ORIGIN: api,
        PROXIES: "0",
      };
      const django = await serve({ data, build: OWN.pages, port, log, env });
      // Also when this worker is told to end.
      process.once("exit", () => django.kill());
      const pages = createServer((request, response) => {
        const path = new URL(request.url ?? "/", api).pathname;
        const type = TYPES[extname(path)];
        if (!type) return response.writeHead(204).end(); // an icon, which nobody has
        response.setHeader("Content-Type", type);
        response.end(readFileSync(join(OWN.pages, path)));
      });
      pages.listen(front, "127.0.0.1");
      await once(pages, "listening");
      await use({ app, api });
      pages.close();
      await stop(django);
      const failures = failuresIn(log);
      if (failures) throw new Error(`The server failed while the tests ran:\n${failures}`);
    },
    { scope: "worker", timeout: 240_000 },
  ],

  origin: [({ places }, use) => use(places.app), { scope: "worker" }],
});
