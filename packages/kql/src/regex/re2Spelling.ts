const count = /\{\d+(?:,\d*)?\}/y;
const escaped = /\\(?:[pPxuU]\{[^}]*\}|[\s\S])/y;
const opensGroup = /\((?:\?(?:P?<\w+>|[a-zA-Z-]*:))?/y;

/**
 * A pattern that RE2 reads and Rust does not, in Rust's spelling: in RE2 a brace that counts nothing stands for itself,
 * and so does a bracket in a class. Published rules of the years in which Kusto's engine was RE2 are written so.
 */
export function fromRe2(pattern: string): string {
  let made = "";
  let repeatable = false;
  for (let at = 0; at < pattern.length; ) {
    const taken = pieceAt(pattern, at, repeatable);
    made += taken.text;
    at += taken.length;
    repeatable = taken.repeatable;
  }
  return made;
}

interface Piece {
  readonly text: string;
  /** How much of the pattern it is. */
  readonly length: number;
  /** Whether a count may follow. */
  readonly repeatable: boolean;
}

function pieceAt(pattern: string, at: number, repeatable: boolean): Piece {
  const char = pattern[at] ?? "";
  if (char === "\\") return same(matchAt(escaped, pattern, at) ?? char, true);
  if (char === "[") return classAt(pattern, at);
  if (char === "|") return same(char, false);
  if (char === "(") return same(matchAt(opensGroup, pattern, at) ?? char, false);
  if (char !== "{") return same(char, true);
  const counted = repeatable ? matchAt(count, pattern, at) : undefined;
  return counted === undefined ? { text: "\\{", length: 1, repeatable: true } : same(counted, true);
}

function same(text: string, repeatable: boolean): Piece {
  return { text, length: text.length, repeatable };
}

function matchAt(expression: RegExp, text: string, at: number): string | undefined {
  expression.lastIndex = at;
  return expression.exec(text)?.[0];
}

const named = /\[:\^?[a-z]+:\]/y;

/** A class up to its closing bracket, which as the first character stands for itself. */
function classAt(pattern: string, start: number): Piece {
  let text = pattern[start + 1] === "^" ? "[^" : "[";
  let at = start + text.length;
  for (let first = true; at < pattern.length; first = false) {
    const char = pattern[at] ?? "";
    const whole = matchAt(escaped, pattern, at) ?? matchAt(named, pattern, at) ?? char;
    at += whole.length;
    if (whole === "]" && !first) return { text: `${text}]`, length: at - start, repeatable: true };
    text += whole === "[" || (whole === "]" && first) ? `\\${whole}` : whole;
  }
  return { text, length: at - start, repeatable: true };
}
