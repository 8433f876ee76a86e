import { Component, type ComponentType, lazy, type ReactNode, Suspense } from "react";
import { Outlet, useLocation } from "react-router";
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
  const { pathname } = useLocation();
  return (
    <Caught key={pathname}>
      <Suspense fallback={<Waiting what="this page" />}>
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
    return (
      <Page title="Not loaded" heading="This page could not be loaded" className="narrow">
        <Trouble message="The server did not send all of it." onRetry={() => location.reload()} />
      </Page>
    );
  }
}
