import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compileRegex, groupText, matches, type Regex } from "../../src/regex/regex.ts";
import { parseRewrite, rewriteForRe2 } from "../../src/regex/rewrite.ts";

type Matches = readonly (readonly (readonly string[])[])[];
interface Answer {
  readonly pattern: string;
  /** For each text; null where the pattern is none. */
  readonly matches: Matches | null;
}

/** Kusto's regular expressions are those of Rust's regex crate, whose answers these are. */
const rust: {
  readonly texts: readonly string[];
  readonly chosen: readonly Answer[];
  readonly random: readonly Answer[];
} = JSON.parse(readFileSync(new URL("./rust.generated.json", import.meta.url), "utf8"));

function ourAnswers(pattern: string): Matches | null {
  const compiled = compileRegex(pattern);
  return compiled.ok ? rust.texts.map((text) => all(compiled.regex, text)) : null;
}

function all(regex: Regex, text: string): readonly (readonly string[])[] {
  return [...matches(regex, text)].map((spans) =>
    Array.from({ length: regex.groups + 1 }, (_, group) => group)
      .filter((group) => (spans[2 * group + 1] ?? -1) >= 0)
      .map((group) => groupText(text, spans, group)),
  );
}

describe("regular expressions", () => {
  test.each(rust.chosen)("$pattern is read, or refused, and matches as in Rust", (answer) => {
    expect(ourAnswers(answer.pattern)).toEqual(answer.matches);
  });

  test("random patterns are read and match as in Rust", () => {
    for (const { pattern, matches } of rust.random)
      expect({ pattern, matches: ourAnswers(pattern) }).toEqual({ pattern, matches });
  });

  test("a pattern that would blow up a backtracking engine ends", () => {
    const compiled = compileRegex("(a|aa|a?)*\\b$");
    expect(compiled.ok && compiled.regex.find(`${"a".repeat(3000)}!`, 0)).toBe(undefined);
  });

  test("a pattern too large for one query is refused", () => {
    expect(compileRegex("((\\w{100}){100}){100}")).toMatchObject({ ok: false });
  });
});

test("replacements name groups by backslashes; a doubled one is a backslash, and any other stays", () => {
  expect(parseRewrite("\\\\\\1 C:\\Users \\0")).toEqual(["\\", 1, " C:", "\\", "Users ", 0]);
  expect(rewriteForRe2(parseRewrite("\\Users \\1 \\7"), 1)).toBe("\\\\Users \\1 ");
});
