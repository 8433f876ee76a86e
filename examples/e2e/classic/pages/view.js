// What all these pages show: a form, or a button and who is signed in.
const form = document.querySelector("form");
const leave = document.querySelector("#leave");
const status = document.querySelector("[role=status]");

/** Where the API is: on this origin, or where the address of the page says. */
export const API = new URLSearchParams(location.search).get("api") ?? "";

export function say(text) {
  status.textContent = text;
}

export function show({ signedIn }) {
  form.hidden = signedIn;
  leave.hidden = !signedIn;
}

export function onSignIn(handle) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { name, password } = Object.fromEntries(new FormData(form));
    handle(name, password);
  });
}

export function onSignOut(handle) {
  leave.addEventListener("click", handle);
}

export function cookieCalled(wanted) {
  const pairs = document.cookie.split("; ").map((pair) => pair.split("="));
  return Object.fromEntries(pairs)[wanted];
}
