import { createElement, Fragment, type ReactNode } from "react";

interface SentenceProps {
  text: string;
  /** Shows what stands in brackets; with the number of the pair, from zero. */
  children: (words: string, index: number) => ReactNode;
}

/** A sentence with links in it, translated whole: "Open [your notes]." */
export function Sentence({ text, children }: SentenceProps) {
  const parts = text.split(/\[(.*?)\]/);
  const shown = parts.map((part, index) => (index % 2 ? children(part, (index - 1) / 2) : part));
  // As arguments: they never change their places, so they need no keys.
  return createElement(Fragment, null, ...shown);
}
