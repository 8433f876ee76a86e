/** What the answers of all providers have in common. */

const MOST_BYTES = 65_536;

// Nothing from elsewhere, no script. No form-action: browsers apply it to redirects too, and each
// form here ends in one to the application.
const PAGE_HEADERS = {
  "Cache-Control": "no-store",
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
  "Content-Type": "text/html; charset=utf-8",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

export function sendPage(response, html, status = 200) {
  response.writeHead(status, PAGE_HEADERS).end(html);
}

export function sendJson(response, body, status = 200) {
  const headers = { "Cache-Control": "no-store", "Content-Type": "application/json" };
  response.writeHead(status, headers).end(JSON.stringify(body));
}

/** Send the browser on, with these parameters added to those of the address. */
export function sendTo(response, address, parameters, fragment = "") {
  const target = new URL(address);
  for (const [name, value] of Object.entries(parameters)) {
    if (value) target.searchParams.set(name, value);
  }
  target.hash = fragment;
  response.writeHead(303, { Location: target.href }).end();
}

/** The fields of a form that was sent, none if it is too long. */
export async function readForm(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MOST_BYTES) chunks.push(chunk);
  }
  return new URLSearchParams(size <= MOST_BYTES ? Buffer.concat(chunks).toString() : "");
}
