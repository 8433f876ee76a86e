/** Letters as a reader counts them: an emoji is one, and so is a letter with its accents. */
const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The beginning of a text, so many letters long. */
export function beginning(text: string, letters: number): string {
  const parts = [...segmenter.segment(text)];
  return text.slice(0, parts[letters]?.index);
}

/** The letter that stands for a name: a capital, where that is one letter too, as it is not of "ß". */
export function initial(name: string, language: string): string {
  const letter = beginning(name, 1);
  const capital = letter.toLocaleUpperCase(language);
  return beginning(capital, 1) === capital ? capital : letter;
}
