// S4: asks as axios does, by XMLHttpRequest and with a named cookie's token in a header, and
// remembers in localStorage whether somebody is signed in.
import { cookieCalled, onSignIn, onSignOut, say, show } from "./view.js";

const FLAG = "authenticated";

function ask(method, path, data) {
  const request = new XMLHttpRequest();
  request.open(method, `/api/${path}`);
  request.setRequestHeader("Accept", "application/json, text/plain, */*");
  if (data !== undefined) request.setRequestHeader("Content-Type", "application/json");
  const token = cookieCalled("csrftoken");
  if (token) request.setRequestHeader("X-CSRFToken", token);
  return new Promise((resolve) => {
    request.onloadend = () => {
      // What every answer goes through: with 401 nobody is signed in, which ends in a sign-out.
      if (request.status === 401) leave();
      resolve({ status: request.status, data: JSON.parse(request.responseText) });
    };
    request.send(data === undefined ? null : JSON.stringify(data));
  });
}

async function guard() {
  const signedIn = localStorage.getItem(FLAG) === "true";
  show({ signedIn });
  if (!signedIn) return;
  const { status, data } = await ask("GET", "users/profile/");
  if (status === 200) say(`${data.id} ${data.email} ${data.is_staff} ${data.is_superuser}`);
}

async function leave() {
  await ask("POST", "logout/");
  localStorage.setItem(FLAG, "false");
  say("Signed out");
  await guard();
}

onSignIn(async (email, password) => {
  const { status } = await ask("POST", "login/", { email, password });
  if (status === 400) return say("Wrong");
  localStorage.setItem(FLAG, "true");
  await guard();
});
onSignOut(leave);

await ask("GET", "login-set-cookie/");
await guard();
