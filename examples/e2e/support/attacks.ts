import type { Page } from "@playwright/test";
import { PASSWORD } from "./people";

/**
 * What a page of somebody else can do. Each runs in the attacker's page, by script, which is what
 * a form that sends itself would do.
 */
export interface Attack {
  name: string;
  method: string;
  path: string;
  /** What the server may answer; nothing where the browser must not even ask. */
  statuses: number[];
  launch: (page: Page, target: string) => Promise<unknown>;
}

// The attacker has an account too: who signs a visitor in there reads what the visitor writes.
const FIELDS = { login: "alice@example.com", password: PASSWORD };
const BODY = JSON.stringify(FIELDS);
// A form sends name=value: the equals sign goes into a value that nobody needs.
const BODY_AS_FORM = { [`{"login":"${FIELDS.login}","password":"${PASSWORD}","x":"`]: '"}' };
const TEXT = "text/plain";
const JSON_TYPE = "application/json";

const login = { method: "POST", path: "/api/login/", statuses: [403] };
const logout = { method: "POST", path: "/api/logout/", statuses: [403] };
const never = { statuses: [] };
export const cors = { mode: "cors", credentials: "include" } as const;
export const noCors = { mode: "no-cors", credentials: "include" } as const;

export const ATTACKS: Attack[] = [
  { ...login, name: "a form that signs in", launch: form(FIELDS) },
  {
    ...login,
    name: "a multipart form that signs in",
    launch: form(FIELDS, "multipart/form-data"),
  },
  {
    ...login,
    name: "a text/plain form whose body is JSON",
    launch: form(BODY_AS_FORM, "text/plain"),
  },
  { ...login, name: "a fetch of text/plain", launch: ask({ ...cors, body: BODY }, TEXT) },
  { ...login, name: "an opaque fetch of text/plain", launch: ask({ ...noCors, body: BODY }, TEXT) },
  { ...login, name: "a fetch of JSON", ...never, launch: ask({ ...cors, body: BODY }, JSON_TYPE) },
  { ...login, name: "an opaque fetch of JSON", launch: ask({ ...noCors, body: BODY }, JSON_TYPE) },
  { ...login, name: "a fetch without content type", launch: askWithoutType },
  { ...login, name: "a beacon", launch: beacon },
  { ...login, name: "a sandboxed frame, whose origin is null", launch: sandboxed },
  { ...logout, name: "a form that signs out", launch: form({}) },
  { ...logout, name: "an opaque fetch that signs out", launch: ask(noCors) },
  { ...logout, name: "an image that signs out", method: "GET", statuses: [405], launch: image },
  {
    name: "a form that writes a note",
    method: "POST",
    path: "/api/notes/",
    // 401 where the cookie was not sent.
    statuses: [401, 403],
    launch: form({ '{"text":"You have won","x":"': '"}' }, "text/plain"),
  },
  {
    name: "an opaque fetch that writes a note",
    method: "POST",
    path: "/api/notes/",
    statuses: [401, 403],
    launch: ask({ ...noCors, body: '{"text":"You have won"}' }, JSON_TYPE),
  },
  {
    name: "a fetch that deletes a note",
    method: "DELETE",
    path: "/api/notes/1/",
    ...never,
    launch: ask(cors),
  },
  {
    name: "a fetch that changes the profile",
    method: "PATCH",
    path: "/api/profile/",
    ...never,
    launch: ask({ ...cors, body: '{"firstName":"Mallory"}' }, JSON_TYPE),
  },
  {
    name: "a fetch that reads who is signed in",
    method: "GET",
    path: "/api/whoami/",
    // It may be asked for. Whether it can be read is what `launch` says.
    statuses: [200, 401],
    launch: ask(cors),
  },
];

type Launch = Attack["launch"];

export function form(
  fields: Record<string, string>,
  enctype = "application/x-www-form-urlencoded",
) {
  const launch: Launch = (page, action) =>
    page.evaluate(
      ([to, type, entries]) => {
        const sent = document.createElement("form");
        Object.assign(sent, { method: "POST", action: to, enctype: type });
        for (const [name, value] of entries) {
          const input = document.createElement("input");
          Object.assign(input, { type: "hidden", name, value });
          sent.append(input);
        }
        document.body.append(sent);
        sent.submit();
      },
      [action, enctype, Object.entries(fields)] as const,
    );
  return launch;
}

interface Ask {
  mode: RequestMode;
  credentials: RequestCredentials;
  body?: string;
  headers?: Record<string, string>;
}

/** Answers with what the attacker can read: nothing, in every case. */
export function ask({ headers: more, ...init }: Ask, type?: string): Launch {
  const headers: Record<string, string> = { ...(type ? { "Content-Type": type } : {}), ...more };
  return async function launch(this: Attack, page, target) {
    return page.evaluate(
      ([to, how]) =>
        fetch(to, how).then(
          (answer) => answer.text(),
          () => "",
        ),
      [target, { ...init, headers, method: this.method }] as const,
    );
  };
}

async function askWithoutType(page: Page, target: string) {
  return page.evaluate(
    async ([to, body]) => {
      // Bytes have no type of their own, so that no Content-Type is sent.
      const init = { method: "POST", body: new TextEncoder().encode(body) };
      await fetch(to, { ...init, mode: "no-cors", credentials: "include" }).catch(() => {});
    },
    [target, BODY] as const,
  );
}

async function beacon(page: Page, target: string) {
  await page.evaluate(([to, body]) => navigator.sendBeacon(to, body), [target, BODY] as const);
}

async function sandboxed(page: Page, target: string) {
  await page.evaluate(
    ([to, body]) => {
      const frame = document.createElement("iframe");
      frame.sandbox.add("allow-scripts", "allow-forms");
      const init = JSON.stringify({
        method: "POST",
        mode: "no-cors",
        credentials: "include",
        body,
      });
      frame.srcdoc = `<script>fetch(${JSON.stringify(to)}, ${init})</script>`;
      document.body.append(frame);
    },
    [target, BODY] as const,
  );
}

async function image(page: Page, target: string) {
  await page.evaluate(
    (to) =>
      new Promise<void>((resolve) => {
        const shown = new Image();
        shown.onerror = () => resolve();
        shown.onload = () => resolve();
        shown.src = to;
      }),
    target,
  );
}
