import type { ReactNode } from "react";
import { Link } from "react-router";
import { paths, server } from "../paths";

interface Claim {
  title: string;
  text: string;
  proof: ReactNode;
}

const CLAIMS: Claim[] = [
  {
    title: "Two requests",
    text: "One to learn the session, one to sign in. The answer is the state, so nothing is asked twice.",
    proof: "Watch the network panel while you sign in.",
  },
  {
    title: "Nothing to steal",
    text: "The session key is in a cookie that no script can read. The CSRF token is kept in memory only.",
    proof: "Look for a token in the storage panel.",
  },
  {
    title: "Guarded pages wait",
    text: "Not one pixel is shown before the server has said who you are. Then you arrive where you wanted to go.",
    proof: (
      <>
        Sign out and open <Link to={paths.notes}>your notes</Link>.
      </>
    ),
  },
  {
    title: "Tabs agree",
    text: "Who signs out in one tab is signed out in all of them. Only the word that something changed is passed on.",
    proof: "Open this page twice and sign out in one.",
  },
  {
    title: "A refusal loses nothing",
    text: "Wrong password, taken name, no connection: the page says what happened, and what you typed is still there.",
    proof: "Stop the server and save your profile.",
  },
  {
    title: "One site, one session",
    text: "The admin of Django is behind the same door, with the same limits for those who guess passwords.",
    proof: (
      <>
        Open the <a href={`${server}/admin/`}>admin</a> signed out.
      </>
    ),
  },
];

export function Claims() {
  return (
    <section className="claims" aria-labelledby="claims-title">
      <h2 id="claims-title">What this shows</h2>
      <ul>
        {CLAIMS.map(({ title, text, proof }) => (
          <li key={title}>
            <h3>{title}</h3>
            <p>{text}</p>
            <p className="try">
              <span>Try it</span> {proof}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
