import { ReauthenticationDialog } from "django-spa-auth/react";
import { Outlet } from "react-router";
import { useWords } from "../language";
import { Header } from "./header";
import { LanguageSelect } from "./language-select";

export function Layout() {
  const words = useWords();
  const [before, name, after] = words.footer;
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
          {before}
          <strong>{name}</strong>
          {after}
        </p>
        <LanguageSelect />
      </footer>
      <ReauthenticationDialog />
    </>
  );
}
