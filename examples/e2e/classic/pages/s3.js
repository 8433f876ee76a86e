// S3 in all its forms: asks at load, signs in with a token that it found somehow, reads JSON of
// every answer, and signs out by GET.
import { API, onSignIn, onSignOut, say, show } from "./view.js";

export async function run({ findToken, credentials }) {
  async function ask(path, init = {}) {
    const answer = await fetch(`${API}/api/${path}`, { ...init, credentials });
    if (!answer.ok) throw new Error(String(answer.status));
    return { answer, data: await answer.json() };
  }

  async function look() {
    const { data } = await ask("session/");
    show({ signedIn: data.isAuthenticated });
    if (!data.isAuthenticated) return findToken(ask);
    const { data: user } = await ask("whoami/", {
      headers: { "Content-Type": "application/json" },
    });
    say(`You are ${user.username}`);
  }

  let token = await look();

  onSignIn(async (username, password) => {
    try {
      await ask("login/", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ username, password }),
      });
      await look();
    } catch {
      say("Wrong");
    }
  });

  onSignOut(async () => {
    const { data } = await ask("logout");
    say(data.detail);
    token = await look();
  });
}
