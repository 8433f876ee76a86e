// S0: takes the first cookie it sees for the token, whatever it is called, sends none to sign in,
// and asks nobody at load whether somebody is signed in already.
import { onSignIn, onSignOut, say, show } from "./view.js";

const firstCookie = () => document.cookie.split(";")[0].split("=")[1];

onSignIn(async (username, password) => {
  const answer = await fetch("/api/login/", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  if (!answer.ok) return say("Wrong");
  show({ signedIn: true });
  const { message } = await (await fetch("/api/hello/")).json();
  say(message);
});

onSignOut(async () => {
  const answer = await fetch("/api/logout/", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": firstCookie() },
  });
  say(answer.ok ? "Signed out" : "Still signed in");
  show({ signedIn: !answer.ok });
});

show({ signedIn: false });
