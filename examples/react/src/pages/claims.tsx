import type { ReactNode } from "react";
import { Link } from "react-router";
import { useWords } from "../language";
import { paths, server } from "../paths";
import type { Around, Claim } from "../words";

export function Claims() {
  const words = useWords();
  const { guardedPages, oneSite } = words;
  return (
    <section className="claims" aria-labelledby="claims-title">
      <h2 id="claims-title">{words.claims}</h2>
      <ul>
        <Shown claim={words.twoRequests} />
        <Shown claim={words.nothingToSteal} />
        <Shown claim={guardedPages}>
          <Linked words={guardedPages.try}>{(link) => <Link to={paths.notes}>{link}</Link>}</Linked>
        </Shown>
        <Shown claim={words.tabsAgree} />
        <Shown claim={words.refusal} />
        <Shown claim={oneSite}>
          <Linked words={oneSite.try}>{(link) => <a href={`${server}/admin/`}>{link}</a>}</Linked>
        </Shown>
      </ul>
    </section>
  );
}

function Shown({ claim, children = claim.try }: { claim: Claim; children?: ReactNode }) {
  const { tryIt } = useWords();
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

interface LinkedProps {
  words: Around;
  children: (link: string) => ReactNode;
}

function Linked({ words: [before, link, after], children }: LinkedProps) {
  return (
    <>
      {before}
      {children(link)}
      {after}
    </>
  );
}
