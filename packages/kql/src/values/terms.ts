/** Terms are runs of letters and digits of every script; all else separates them. */
const term = /[\p{L}\p{N}]+/gu;
const termCharacter = /[\p{L}\p{N}]/u;

/** What is looked for in texts as `has` looks for it: letter case aside, between the borders of terms. */
export interface TermIndex {
  /** How many different texts are looked for. */
  readonly count: number;
  /** By the first whole term of each; a text that is one term has nothing before or after it. */
  readonly byTerm: ReadonlyMap<string, readonly Needle[]>;
  /** The UTF-16 units that those terms begin with. */
  readonly beginnings: ReadonlySet<number>;
  /** Those without a whole term, such as `--`. */
  readonly others: readonly string[];
}

interface Needle {
  readonly text: string;
  /** Where its first term begins. */
  readonly offset: number;
}

/** Letter case aside, character by character, as the engine's `lower` does it. */
export function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length && !/[Σσς]/.test(text)) return lower;
  return [...text].map((char) => [...char.toLowerCase()][0] ?? char).join("");
}

export function termIndex(needles: readonly string[]): TermIndex {
  const byTerm = new Map<string, Needle[]>();
  const others: string[] = [];
  const different = new Set(needles.map(lowerCase));
  for (const text of different) {
    const first = text.matchAll(term).next().value;
    if (first === undefined) others.push(text);
    else {
      const known = byTerm.get(first[0]) ?? [];
      known.push({ text, offset: first.index });
      byTerm.set(first[0], known);
    }
  }
  const beginnings = new Set([...byTerm.keys()].map((key) => key.charCodeAt(0)));
  return { count: different.size, byTerm, beginnings, others };
}

/** Whether a text holds any of them. */
export function holdsAny(index: TermIndex, text: string): boolean {
  return held(index, lowerCase(text)).next().done !== true;
}

/** Whether a text holds all of them. */
export function holdsAll(index: TermIndex, text: string): boolean {
  return new Set(held(index, lowerCase(text))).size === index.count;
}

function* held(index: TermIndex, text: string): Generator<string> {
  for (const other of index.others) if (text.includes(other)) yield other;
  for (let start = 0; start < text.length; ) {
    let end = start;
    while (isTermCharacter(text, end)) end++;
    if (end > start && index.beginnings.has(text.charCodeAt(start))) {
      for (const needle of index.byTerm.get(text.slice(start, end)) ?? [])
        if (standsAt(needle, text, start - needle.offset)) yield needle.text;
    }
    start = end + 1;
  }
}

function standsAt(needle: Needle, text: string, at: number): boolean {
  if (at < 0 || !text.startsWith(needle.text, at)) return false;
  return isBorder(text, at + needle.text.length);
}

/** Whether a term doesn't go on at a place. */
export function isBorder(text: string, at: number): boolean {
  return !(isTermCharacter(text, at) && isTermCharacter(text, at - 1));
}

function isTermCharacter(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (Number.isNaN(unit)) return false;
  if (unit < 128) return (unit >= 48 && unit <= 57) || (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90);
  const low = unit >= 0xdc00 && unit <= 0xdfff;
  return termCharacter.test(String.fromCodePoint(text.codePointAt(low ? at - 1 : at) ?? 0));
}

/** How a text must stand in another; what isn't asked for may be either. */
export interface Borders {
  readonly start: boolean;
  readonly end: boolean;
}

/** Whether a text stands in another, its ends at the borders of terms where that is asked for. */
export function holdsTerm(text: string, needle: string, borders: Borders): boolean {
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    const starts = !borders.start || isBorder(text, at);
    if (starts && (!borders.end || isBorder(text, at + needle.length))) return true;
  }
  return false;
}
