import { type ReactNode, useEffect, useLayoutEffect, useRef } from "react";
import { useLocation } from "react-router";

interface PageProps {
  title: string;
  /** What the heading says, if that is more than the title. */
  heading?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A page: its title, and its heading, which takes the focus when the visitor comes from another page. */
export function Page({ title, heading, className = "", children }: PageProps) {
  const top = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();
  // The browser itself begins at the top of the first page; React Router calls that one "default".
  const first = key === "default";

  useEffect(() => {
    document.title = `${title} - django-spa-auth`;
  }, [title]);

  // Before anything is painted, so that the focus is never seen to be lost.
  useLayoutEffect(() => {
    if (first) return;
    top.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [first]);

  return (
    <div className={`page ${className}`}>
      <h1 ref={top} tabIndex={-1}>
        {heading ?? title}
      </h1>
      {children}
    </div>
  );
}
