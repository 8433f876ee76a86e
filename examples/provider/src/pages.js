/** The pages that people see: who they are, what they allow, and what went wrong. */

import { CLIENT } from "./client.js";
import { people } from "./people.js";

/** The problem with a page that somebody comes back to. */
export const ANSWERED = "This request was answered before, or is too old.";

/** Ask who somebody is. `problem` is said above the list. */
export function choosePage({ provider, action, problem = "" }) {
  const rows = people().map(
    (person) => `
        <li><button class="person" name="person" value="${person.id}">
          ${portrait(person)}
          <span class="who"><strong>${text(person.name)}</strong> <span>${text(person.email)}</span></span>
          ${badge(provider, person)}
        </button></li>`,
  );
  return page(
    provider,
    `Sign in with ${provider.name}`,
    `<h1>Sign in with ${text(provider.name)}</h1>
    <p>to go on to <strong>${CLIENT.name}</strong></p>
    ${problem && `<p class="problem" role="alert">${text(problem)}</p>`}
    <form method="post" action="${action}">
      <ul class="people" aria-label="People">${rows.join("")}
      </ul>
    </form>
    <details${problem && " open"}>
      <summary>Somebody else</summary>
      <form method="post" action="${action}" class="other">
        <input type="hidden" name="person" value="other">
        <label for="name">Name</label>
        <input id="name" name="name" required maxlength="80" autocomplete="off">
        <label for="email">Email address</label>
        <input id="email" name="email" type="email" required maxlength="200" autocomplete="off">
        ${provider.tellsVerified ? VERIFIED : ""}
        <button class="main">Continue</button>
      </form>
    </details>
    <form method="post" action="${action}">
      <button class="plain" name="answer" value="cancel">Cancel</button>
    </form>`,
  );
}

/** Ask whether the application may know who this is. */
export function consentPage({ provider, action, person }) {
  return page(
    provider,
    `${CLIENT.name} asks for access`,
    `<h1>${CLIENT.name} asks for access</h1>
    <p class="self">${portrait(person)}
      <span class="who"><strong>${text(person.name)}</strong> <span>${text(person.email)}</span></span>
      ${badge(provider, person)}</p>
    <p>If you allow it, ${text(provider.name)} tells ${CLIENT.name}:</p>
    <ul class="claims">
      <li>your name</li>
      <li>your email address${provider.tellsVerified ? ", and whether it is verified" : ""}</li>
    </ul>
    <form method="post" action="${action}" class="answers">
      <input type="hidden" name="person" value="${person.id}">
      <button class="main" name="answer" value="allow">Allow</button>
      <button class="plain" name="answer" value="cancel">Cancel</button>
    </form>`,
  );
}

/** Say what is wrong with a request that cannot be sent back to the application. */
export function problemPage(provider, problem) {
  return page(
    provider,
    "This does not work",
    `<h1>This does not work</h1>
    <p role="alert">${text(problem)}</p>
    <p>Go back to ${CLIENT.name} and begin again.</p>`,
  );
}

/** What is at the top of the address, for those who look. */
export function homePage(provider) {
  return page(
    provider,
    provider.name,
    `<h1>${text(provider.name)}</h1>
    <p>A provider to try signing in with: ${CLIENT.name} sends people here. Nobody has a password, and
    all is forgotten when it stops.</p>`,
  );
}

function page(provider, title, content) {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${text(title)}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/style.css">
  </head>
  <body class="${provider.id}">
    <header><span class="mark" aria-hidden="true">${text(initials(provider.name))}</span> ${text(provider.name)}</header>
    <main>
    ${content}
    </main>
    <footer>A demonstration: no account is real, and nothing leaves this machine.</footer>
  </body>
</html>
`;
}

function portrait(person) {
  return `<span class="portrait" aria-hidden="true">${text(initials(person.name))}</span>`;
}

function initials(name) {
  const letters = name.split(/\s+/).map((word) => [...word][0]);
  return letters.slice(0, 2).join("");
}

function badge({ tellsVerified }, { verified }) {
  if (!tellsVerified) return "";
  return `<span class="badge ${verified ? "yes" : "no"}">${verified ? "verified" : "not verified"}</span>`;
}

const VERIFIED = `<label class="check">
          <input type="checkbox" name="verified" checked> The address is verified
        </label>`;
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function text(value) {
  return String(value).replace(/[&<>"']/g, (character) => ESCAPES[character]);
}
