import { describe, expect, it } from "vitest";
import { loadRules } from "../../../src/rules/load.ts";
import { positionIn } from "../../../src/rules/text/origin.ts";
import { misplaced } from "../support/places.ts";
import { ruleText } from "../support/yaml.ts";

/** The place of a word of the query, in a file of these lines; line 3 is the first of them. */
function placeOf(word: string, ...lines: readonly string[]): string {
  const text = ruleText(...lines);
  const [rule] = loadRules(text, "a.yaml").rules;
  if (rule === undefined) throw new Error("the rule did not load");
  if (!text.includes("\\u")) expect(misplaced(rule, text)).toEqual([]);
  const { line, column } = positionIn(rule.queryOrigin, rule.query.indexOf(word));
  return `${line}:${column}`;
}

describe("an error in a query points at the right place of the file", () => {
  it("through the margin of a literal block", () => {
    expect(placeOf("where", "query: |", "    T", "", "      | where x")).toBe("6:9");
  });

  it("through a margin that the block states", () => {
    expect(placeOf("where", "query: |2", "    T", "   | where x")).toBe("5:6");
  });

  it("through lines that a folded block joins", () => {
    expect(placeOf("take", "query: >", "  T | where x", "  | take 1")).toBe("5:5");
  });

  it("through a plain text over two lines", () => {
    expect(placeOf("take", "query: T", "  | where x", "", "  | take 1")).toBe("6:5");
  });

  it("through escapes in double quotes", () => {
    expect(placeOf("take", 'query: "T | where x == \\"\\u0041\\x41\\U0001F600\\"\\n| take 1"')).toBe("3:52");
    expect(placeOf("take", 'query: "T |\\', '    take 1"')).toBe("4:5");
  });

  it("through doubled single quotes", () => {
    expect(placeOf("take", "query: 'T | where x == ''a'' | take 1'")).toBe("3:32");
  });

  it("at the end of the text", () => {
    const [rule] = loadRules(ruleText("query: |", "  T"), "a.yaml").rules;
    expect(positionIn(rule?.queryOrigin ?? [], 1)).toEqual({ line: 4, column: 4 });
  });
});
