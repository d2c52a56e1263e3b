import { RRegex } from "rregex";
import { describe, expect, test } from "vitest";
import { compileRegex, groupText, matches, type Regex } from "../../src/regex/regex.ts";
import { parseRewrite, rewriteForRe2 } from "../../src/regex/rewrite.ts";
import { patterns, randomPatterns, texts } from "./patterns.ts";

/** Kusto's regular expressions are those of Rust's regex crate, which answers here itself. */
function answersOfRust(pattern: string): readonly (readonly (readonly string[])[])[] | undefined {
  let regex: RRegex;
  try {
    regex = new RRegex(pattern);
  } catch {
    return undefined;
  }
  try {
    // Groups that took no part are left out.
    return texts.map((text) => regex.capturesAll(text).map((found) => found.get.filter(Boolean).map((at) => at.value)));
  } finally {
    regex.free();
  }
}

function ourAnswers(pattern: string): readonly (readonly (readonly string[])[])[] | undefined {
  const compiled = compileRegex(pattern);
  return compiled.ok ? texts.map((text) => all(compiled.regex, text)) : undefined;
}

function all(regex: Regex, text: string): readonly (readonly string[])[] {
  return [...matches(regex, text)].map((spans) =>
    Array.from({ length: regex.groups + 1 }, (_, group) => group)
      .filter((group) => (spans[2 * group + 1] ?? -1) >= 0)
      .map((group) => groupText(text, spans, group)),
  );
}

describe("regular expressions", () => {
  test.each(patterns)("%s is read, or refused, and matches as in Rust", (pattern) => {
    expect(ourAnswers(pattern)).toEqual(answersOfRust(pattern));
  });

  test("random patterns are read and match as in Rust", () => {
    for (const pattern of randomPatterns(20260101, 400))
      expect({ pattern, found: ourAnswers(pattern) }).toEqual({ pattern, found: answersOfRust(pattern) });
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
