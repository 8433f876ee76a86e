/** Marks of providers, by the name that the server gives them: drawn as the other icons are. */
const MARKS: Readonly<Record<string, string>> = {
  apple:
    "M12 8c1.1-.8 2.3-1.2 3.5-1.2 2.5 0 4.5 2.2 4.5 5.4 0 3.9-2.6 8.3-4.8 8.3-1.1 0-2-.6-3.2-.6s-2.1.6-3.2.6C6.6 20.5 4 16.1 4 12.2 4 9 6 6.8 8.5 6.8 9.7 6.8 10.9 7.2 12 8Zm0 0c0-2.1 1-3.9 3-4.7",
  facebook:
    "M4.5 3h15A1.5 1.5 0 0 1 21 4.5v15a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 19.5v-15A1.5 1.5 0 0 1 4.5 3ZM13 21V9.5A2.5 2.5 0 0 1 15.5 7H17m-7 5.5h6.5",
  github:
    "M5.2 8.5 5 4l3.8 2a11 11 0 0 1 6.4 0L19 4l-.2 4.5A6.3 6.3 0 0 1 20 12.2c0 3.9-3.5 6.3-8 6.3s-8-2.4-8-6.3a6.3 6.3 0 0 1 1.2-3.7ZM9 12.5v1m6-1v1",
  google: "M18 6.6A8 8 0 1 0 20 12h-8",
  microsoft: "M4 4h7v7H4ZM13 4h7v7h-7ZM4 13h7v7H4ZM13 13h7v7h-7Z",
};

/** A key. */
const OTHER = "M7.5 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm4 4H21m-3 0v3.5";

export function markOf(icon: string): string {
  return MARKS[icon] ?? OTHER;
}
