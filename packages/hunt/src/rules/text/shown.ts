const longest = 160;
const listed = 10;

/** A text of a file as a message may show it: short, on one line, and unable to steer a terminal. */
export function shown(text: string): string {
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a terminal
  return short.replaceAll(/[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** The facts of a message with every text in them fit to be shown. */
export function shownFacts<F extends object>(facts: F): F {
  const fit = Object.entries(facts).map(([name, fact]) => [name, shownFact(fact)]);
  return Object.fromEntries(fit) as F;
}

function shownFact(fact: unknown): unknown {
  if (typeof fact === "string") return shown(fact);
  if (!Array.isArray(fact)) return fact;
  const items: readonly unknown[] = fact.slice(0, listed).map(shownFact);
  return fact.length > listed ? [...items, "…"] : items;
}
