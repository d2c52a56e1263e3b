/** A regular expression in Kusto's syntax, which is that of Rust's regex crate, as a tree. */
export type RegexNode =
  | { readonly kind: "empty" }
  | { readonly kind: "character"; readonly code: number; readonly fold: boolean }
  | { readonly kind: "class"; readonly set: CharacterSet; readonly fold: boolean }
  | { readonly kind: "look"; readonly at: Look }
  | {
      readonly kind: "repeat";
      readonly of: RegexNode;
      readonly min: number;
      readonly max: number | undefined;
      readonly greedy: boolean;
    }
  | { readonly kind: "group"; readonly index: number; readonly of: RegexNode }
  | { readonly kind: "sequence"; readonly items: readonly RegexNode[] }
  | { readonly kind: "choice"; readonly items: readonly RegexNode[] };

/** A place between two characters. The `word…` places know Unicode, the `ascii…` ones only ASCII. */
export type Look =
  | "textStart"
  | "textEnd"
  | "lineStart"
  | "lineEnd"
  | "crlfStart"
  | "crlfEnd"
  | "wordBorder"
  | "noWordBorder"
  | "wordStart"
  | "wordEnd"
  | "wordStartHalf"
  | "wordEndHalf"
  | "asciiWordBorder"
  | "noAsciiWordBorder";

/** A set of characters. */
export type CharacterSet =
  | { readonly kind: "range"; readonly from: number; readonly to: number }
  | { readonly kind: "named"; readonly name: NamedSet; readonly negated: boolean }
  | { readonly kind: "union"; readonly items: readonly CharacterSet[]; readonly negated: boolean }
  | { readonly kind: "intersection"; readonly left: CharacterSet; readonly right: CharacterSet }
  | { readonly kind: "difference"; readonly left: CharacterSet; readonly right: CharacterSet };

/** A Perl class of Unicode, or a Unicode property as RE2 (where it knows it) and JavaScript spell it. */
export type NamedSet = "digit" | "space" | "word" | { readonly re2: string | undefined; readonly javascript: string };

/** A parsed regular expression; group 0 is the whole match. */
export interface RegexTree {
  readonly root: RegexNode;
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}

export const anyCharacter: CharacterSet = { kind: "range", from: 0, to: 0x10ffff };

export const charactersOf = (...ranges: readonly (readonly [from: number, to: number])[]): CharacterSet => ({
  kind: "union",
  items: ranges.map(([from, to]) => ({ kind: "range", from, to })),
  negated: false,
});

export const complement = (set: CharacterSet): CharacterSet => ({ kind: "union", items: [set], negated: true });
