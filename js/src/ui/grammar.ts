/** Sentences by what `Intl.PluralRules` calls a number. The first `#` is the number. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

export interface Grammar {
  count: (number: number, forms: Forms) => string;
  list: (items: readonly string[]) => string;
  /** A moment, from ISO 8601. */
  moment: (iso: string) => string;
}

/** How a language counts, lists and dates. The browser knows it. */
export function grammarOf(language: string): Grammar {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const lists = new Intl.ListFormat(language);
  const moments = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  return {
    count(number, forms) {
      const words = forms[rules.select(number)] ?? forms.other;
      return words.replace("#", numbers.format(number));
    },
    list: (items) => lists.format(items),
    moment: (iso) => moments.format(new Date(iso)),
  };
}

/** How long ago a moment was, by this computer's clock; after a day it is the moment itself. */
export function agoIn(language: string, moment: Grammar["moment"]): (iso: string) => string {
  const spans = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  return (iso) => {
    const minutes = Math.trunc((Date.now() - Date.parse(iso)) / 60_000);
    if (minutes < 1) return spans.format(0, "second");
    if (minutes < 60) return spans.format(-minutes, "minute");
    return minutes < 24 * 60 ? spans.format(-Math.trunc(minutes / 60), "hour") : moment(iso);
  };
}
