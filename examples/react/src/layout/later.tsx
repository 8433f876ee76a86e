import { Component, type ComponentType, lazy, type ReactNode, Suspense } from "react";
import { Outlet, useLocation } from "react-router";
import { useWords } from "../language";
import { Page } from "./page";
import { Trouble } from "./trouble";
import { Waiting } from "./waiting";

class NotLoaded extends Error {}

/** A page of a file that is fetched when somebody comes to it. */
export function later<Name extends string>(
  load: () => Promise<Record<Name, ComponentType>>,
  name: Name,
): ComponentType {
  return lazy(async (): Promise<{ default: ComponentType }> => {
    try {
      return { default: (await load())[name] };
    } catch (cause) {
      throw new NotLoaded("The server did not send the page", { cause });
    }
  });
}

/** Where such pages are shown, and what stands there until they have come. */
export function Later() {
  const words = useWords();
  const { pathname } = useLocation();
  return (
    <Caught key={pathname}>
      <Suspense fallback={<Waiting text={words.loadingPage} />}>
        <Outlet />
      </Suspense>
    </Caught>
  );
}

class Caught extends Component<{ children: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    if (!(error instanceof NotLoaded)) throw error;
    return <NotLoadedPage />;
  }
}

function NotLoadedPage() {
  const words = useWords();
  return (
    <Page title={words.notLoaded} heading={words.couldNotLoad} className="narrow">
      <Trouble message={words.notAllOfIt} onRetry={() => location.reload()} />
    </Page>
  );
}
