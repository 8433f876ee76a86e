/** Drawn on 24 by 24, with a line and no filling. */
export const icons = {
  alert: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4.5V13m0 3.4v.1",
  check: "m5 12.5 4.5 4.5L19 7.5",
  computer:
    "M4.5 4.5h15A1.5 1.5 0 0 1 21 6v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 15V6a1.5 1.5 0 0 1 1.5-1.5ZM8 20.5h8m-4-4v4",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z",
  eyeOff:
    "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM4 20 20 4",
  key: "M15 3a6 6 0 1 1-3.4 10.9L9 16.5V19H6.5v2.5H2.5v-4l7.6-7.6A6 6 0 0 1 15 3Zm1.5 4.5v.1",
  phone: "M9 2.5h6a2 2 0 0 1 2 2v15a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2v-15a2 2 0 0 1 2-2Zm2 16h2",
} as const;

export type IconName = keyof typeof icons;

/** Which picture stands for a kind of device. */
export function deviceIcon(kind: string): IconName {
  return kind === "mobile" || kind === "tablet" ? "phone" : "computer";
}
