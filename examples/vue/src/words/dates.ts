/** How a language writes days and moments, from ISO 8601. The browser knows it. */
export function datesIn(language: string) {
  const days = new Intl.DateTimeFormat(language, { dateStyle: "long" });
  const moments = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  return {
    day: (iso: string) => days.format(new Date(iso)),
    moment: (iso: string) => moments.format(new Date(iso)),
  };
}
