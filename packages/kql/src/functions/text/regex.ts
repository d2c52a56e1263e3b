import type { SqlExpr } from "../../sql/ast.ts";
import { constantText, text, value } from "../../sql/build.ts";

/** Kusto's classes know every script; RE2's `\d`, `\s` and `\w` are ASCII. */
const outside: Readonly<Record<string, string>> = {
  d: String.raw`\p{Nd}`,
  D: String.raw`\P{Nd}`,
  s: String.raw`[\s\x{85}\p{Z}]`,
  S: String.raw`[^\s\x{85}\p{Z}]`,
  w: String.raw`[\p{L}\p{M}\p{Nd}\p{Pc}]`,
  W: String.raw`[^\p{L}\p{M}\p{Nd}\p{Pc}]`,
};

const inside: Readonly<Record<string, string>> = {
  d: String.raw`\p{Nd}`,
  D: String.raw`\P{Nd}`,
  s: String.raw`\s\x{85}\p{Z}`,
  w: String.raw`\p{L}\p{M}\p{Nd}\p{Pc}`,
};

/** A regular expression of Kusto's as one of RE2's. */
export function unicodePattern(pattern: string): string {
  let made = "";
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? "";
    if (char === "\\") {
      const next = pattern[at + 1] ?? "";
      made += (inClass ? inside : outside)[next] ?? char + next;
      at++;
      continue;
    }
    if (char === "[" && !inClass) inClass = true;
    else if (char === "]" && inClass && !/\[\^?$/.test(pattern.slice(0, at))) inClass = false;
    made += char;
  }
  return made;
}

/** The pattern argument of a function: a constant one is translated; one that differs by row is taken as RE2's. */
export function regex(of: SqlExpr): SqlExpr {
  const constant = constantText(of);
  if (constant === undefined) return of;
  return of.kind === "constant" ? text(unicodePattern(constant)) : value(unicodePattern(constant));
}
