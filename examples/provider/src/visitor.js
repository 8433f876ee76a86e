/** A browser without a window, for the tests: it keeps cookies, and fills in the providers' pages. */
export class Visitor {
  #cookies = new Map();

  /** Follow an address to the page that asks something, or to where the application takes over. */
  async open(address) {
    let next = address;
    for (;;) {
      const response = await this.#fetch(next);
      const location = response.headers.get("location");
      if (!location) return new Page(this, next, response.status, await response.text());
      const target = new URL(location, next);
      if (target.host !== new URL(next).host) return target;
      next = target.href;
    }
  }

  /** Send a form, and follow where that leads. */
  async send(address, fields) {
    const response = await this.#fetch(address, {
      method: "POST",
      body: new URLSearchParams(fields),
    });
    const location = response.headers.get("location");
    if (!location) return new Page(this, address, response.status, await response.text());
    const target = new URL(location, address);
    return target.host === new URL(address).host ? this.open(target.href) : target;
  }

  async #fetch(address, init = {}) {
    const headers = { Cookie: [...this.#cookies].map((pair) => pair.join("=")).join("; ") };
    const response = await fetch(address, { ...init, headers, redirect: "manual" });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    return response;
  }
}

class Page {
  constructor(visitor, address, status, html) {
    Object.assign(this, { status, html });
    this.send = (fields) => {
      const [, action] = /action="([^"]*)"/.exec(html) ?? [];
      return visitor.send(new URL(action, address).href, fields);
    };
  }
}
