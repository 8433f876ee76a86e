import { SignedIn } from "django-spa-auth/react";
import { Outlet } from "react-router";
import { useWords } from "../language";
import { Confirmation } from "./confirmation";
import { Header } from "./header";
import { LanguageSelect } from "./language-select";
import { Sentence } from "./sentence";

export function Layout() {
  const words = useWords();
  return (
    <>
      <a className="skip" href="#main">
        {words.skip}
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <footer className="footer">
        <p>
          <Sentence text={words.footer}>{(name) => <strong>{name}</strong>}</Sentence>
        </p>
        <LanguageSelect />
      </footer>
      <SignedIn>
        <Confirmation />
      </SignedIn>
    </>
  );
}
