import type { ReactNode } from "react";
import { Link } from "react-router";
import { useWords } from "../language";
import { Sentence } from "../layout/sentence";
import { paths, server } from "../paths";
import { english } from "../words/home";

export function Claims() {
  const words = useWords("home", english);
  const { guardedPages, oneSite } = words;
  return (
    <section className="claims" aria-labelledby="claims-title">
      <h2 id="claims-title">{words.claims}</h2>
      <ul>
        <Shown claim={words.fewRequests} />
        <Shown claim={words.nothingToSteal} />
        <Shown claim={guardedPages}>
          <Sentence text={guardedPages.try}>
            {(link) => <Link to={paths.notes}>{link}</Link>}
          </Sentence>
        </Shown>
        <Shown claim={words.tabsAgree} />
        <Shown claim={words.refusal} />
        <Shown claim={oneSite}>
          <Sentence text={oneSite.try}>
            {(link) => <a href={`${server}/admin/`}>{link}</a>}
          </Sentence>
        </Shown>
      </ul>
    </section>
  );
}

type Claim = Record<"title" | "text" | "try", string>;

function Shown({ claim, children = claim.try }: { claim: Claim; children?: ReactNode }) {
  const { tryIt } = useWords("home", english);
  return (
    <li>
      <h3>{claim.title}</h3>
      <p>{claim.text}</p>
      <p className="try">
        <span>{tryIt}</span> {children}
      </p>
    </li>
  );
}
