import type { ReactNode } from "react";
import { type IconName, icons } from "../../ui/icons.js";

export function Icon({ name }: { name: IconName }): ReactNode {
  return <Drawing path={icons[name]} />;
}

export function Drawing({ path }: { path: string }): ReactNode {
  return (
    <svg className="spa-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  );
}
