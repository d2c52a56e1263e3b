const count = /\{\d+(?:,\d*)?\}/y;
const octal = /\\0[0-7]{0,2}/y;
const escaped = /\\(?:[pPxuU]\{[^}]*\}|[\s\S])/y;
const opensGroup = /\((?:\?(?:P?<\w+>|[a-zA-Z-]*:))?/y;

/**
 * A pattern that RE2 reads and Rust does not, in Rust's spelling: in RE2 a brace that counts nothing stands for itself,
 * so does a bracket in a class, and \\0 is the character of that number. Published rules of the years in which Kusto's engine was RE2 are written so.
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
  if (char === "\\") return escapeAt(pattern, at);
  if (char === "[") return classAt(pattern, at);
  if (char === "|") return same(char, false);
  if (char === "(") return same(matchAt(opensGroup, pattern, at) ?? char, false);
  if (char !== "{") return same(char, true);
  const counted = repeatable ? matchAt(count, pattern, at) : undefined;
  return counted === undefined ? { text: "\\{", length: 1, repeatable: true } : same(counted, true);
}

/** RE2 takes a zero and up to two more digits as the number of a character, to the base 8. */
function escapeAt(pattern: string, at: number): Piece {
  const number = matchAt(octal, pattern, at);
  if (number === undefined) return same(matchAt(escaped, pattern, at) ?? "\\", true);
  const code = Number.parseInt(number.slice(1), 8);
  return { text: `\\x{${code.toString(16)}}`, length: number.length, repeatable: true };
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
    const number = matchAt(octal, pattern, at);
    if (number !== undefined) {
      text += escapeAt(pattern, at).text;
      at += number.length;
      continue;
    }
    const whole = matchAt(escaped, pattern, at) ?? matchAt(named, pattern, at) ?? char;
    at += whole.length;
    if (whole === "]" && !first) return { text: `${text}]`, length: at - start, repeatable: true };
    text += whole === "[" || (whole === "]" && first) ? `\\${whole}` : whole;
  }
  return { text, length: at - start, repeatable: true };
}
