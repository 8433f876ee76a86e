import { useSyncExternalStore } from "react";
import { Outlet } from "react-router";
import { announcement } from "../announcer";
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
      <LiveRegion />
    </>
  );
}

// In the page before there is anything to say, or a screen reader would miss the first message.
function LiveRegion() {
  const text = useSyncExternalStore(
    announcement.subscribe,
    announcement.get,
    announcement.getServer,
  );
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {text}
    </div>
  );
}
