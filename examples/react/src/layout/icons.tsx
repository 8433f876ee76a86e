import type { ReactNode } from "react";

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg className="spa-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const KeyIcon = () => (
  <svg className="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="9" />
    <circle cx="16" cy="12.5" r="4.5" />
    <path d="M16 17v9m0-3h4" />
  </svg>
);

export const AlertIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 7.5v5.5m0 3.4v.1" />
  </Icon>
);

export const TrashIcon = () => (
  <Icon>
    <path d="M4.5 7h15M9.5 7V4.5h5V7m-8 0 .8 12.5h9.4L17.5 7M10.2 11v5m3.6-5v5" />
  </Icon>
);

export const NoteIcon = () => (
  <Icon>
    <path d="M5 4h14v11l-5 5H5ZM14 20v-5h5M8.5 8.5h7M8.5 12h4" />
  </Icon>
);
