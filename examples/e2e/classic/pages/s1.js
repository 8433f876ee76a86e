// S1: the API is on another port. Signs in by a Basic header, without body and token, and asks at
// load who is signed in.
import { API, cookieCalled, onSignIn, onSignOut, say, show } from "./view.js";

function describe(user) {
  show({ signedIn: true });
  say(`${user.id} ${user.username} ${user.email} since ${user.date_joined}`);
}

onSignIn(async (username, password) => {
  const answer = await fetch(`${API}/api/auth/login`, {
    method: "POST",
    credentials: "include",
    headers: { Authorization: `Basic ${btoa(`${username}:${password}`)}` },
  });
  if (answer.ok) describe(await answer.json());
  else say("Wrong");
});

onSignOut(async () => {
  const answer = await fetch(`${API}/api/auth/logout`, {
    method: "POST",
    credentials: "include",
    headers: { "X-CSRFToken": cookieCalled("csrftoken") },
  });
  show({ signedIn: !answer.ok });
  say(answer.ok ? "Signed out" : "Still signed in");
});

const me = await fetch(`${API}/api/me`, { credentials: "include" });
if (me.ok) describe(await me.json());
else show({ signedIn: false });
