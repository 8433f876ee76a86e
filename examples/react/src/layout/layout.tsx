import { ReauthenticationDialog } from "django-spa-auth/react";
import { Outlet } from "react-router";
import { Header } from "./header";

export function Layout() {
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <footer className="footer">
        <p>
          An example of <strong>django-spa-auth</strong>. Sessions, users and passwords are those of
          Django.
        </p>
      </footer>
      <ReauthenticationDialog />
    </>
  );
}
