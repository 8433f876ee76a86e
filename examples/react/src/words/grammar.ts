/** Sentences by what `Intl.PluralRules` calls a number. `#` is the number. */
type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** How a language writes numbers, lists, days and moments. The browser knows it. */
export function grammarOf(language: string) {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const lists = new Intl.ListFormat(language);
  const days = new Intl.DateTimeFormat(language, { dateStyle: "long" });
  const moments = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  const number = (value: number) => numbers.format(value);
  return {
    number,
    count: (things: number, forms: Forms) =>
      (forms[rules.select(things)] ?? forms.other).replace("#", number(things)),
    list: (items: readonly string[]) => lists.format(items),
    /** From ISO 8601, as `moment`. */
    day: (iso: string) => days.format(new Date(iso)),
    moment: (iso: string) => moments.format(new Date(iso)),
  };
}
