import { describe, expect, it } from "vitest";
import { loadRules } from "../../../src/rules/load.ts";
import { id, load, problemsOf, ruleText } from "../support/yaml.ts";

describe("a file that can't be read", () => {
  it.each([
    ["an unclosed quote", ["query: T", 'description: "abc'], "yaml-syntax 4:14"],
    ["a key within a value", ["query: T", "author: a: b"], "yaml-syntax 4:9"],
    ["a key that stands twice", ["query: T", "query: U"], "duplicate-key 4:1"],
    ["an alias without an anchor", ["query: *nowhere"], "unknown-alias 3:8"],
    ["an anchor that holds itself", ["query: T", "x: &a [*a]"], "alias-loop 4:8"],
    ["a list as key", ["query: T", "? [a, b]", ": c"], "complex-key 4:3"],
    ["no query", ["kind: Fusion"], "missing-query 1:1"],
    ["an empty query", ["query: |", "severity: Low"], "empty-query 3:8"],
    ["a query that is a list", ["query: [T]"], "missing-query 3:8"],
  ])("for %s says where", (_, lines, expected) => {
    const file = load(...lines);
    expect(file.rules).toEqual([]);
    expect(file.mended).toBeUndefined();
    expect(problemsOf(file)).toEqual([expected]);
    expect(file.problems[0]?.next).not.toBe("");
  });

  it("names the first line of a key that stands twice", () => {
    expect(load("query: T", "query: U").problems[0]?.message).toContain("on line 3 already");
  });

  it.each([
    ["a list", "- a\n- b\n", "not-a-mapping 1:1"],
    ["a single text", "just text\n", "not-a-mapping 1:1"],
    ["only a comment", "# nothing\n", "empty-file 1:1"],
    ["nothing at all", " \n", "empty-file 1:1"],
    ["a zero character", "id: a\nname: \0\n", "not-text 2:7"],
  ])("for %s says what was expected", (_, text, expected) => {
    expect(problemsOf(loadRules(text, "a.yaml"))).toEqual([expected]);
  });

  it("tells a function from a rule without calling it an error", () => {
    const file = loadRules("ParserName: ASimDns\nParserQuery: |\n  T\n", "a.yaml");
    expect(file.problems).toMatchObject([{ code: "function-not-rule", severity: "information" }]);
    expect(file.problems[0]?.message).toContain("ASimDns");
  });
});

describe("YAML made to exhaust its reader", () => {
  it.each([
    ["brackets", "[".repeat(500_000), "too-deep 1:51"],
    ["dashes", "- ".repeat(250_000), "too-deep 1:100"],
  ])("ends at the depth of its %s", (_, text, expected) => {
    expect(problemsOf(loadRules(text, "a.yaml"))).toEqual([expected]);
  });

  it("ends at the alias that would make too many values of few", () => {
    const names = [..."abcdefghi"];
    const levels = names.map((name, at) => {
      const items = at === 0 ? Array(9).fill("x") : Array(9).fill(`*${names[at - 1]}`);
      return `${name}: &${name} [${items.join(", ")}]`;
    });
    const file = load("query: T", ...levels);
    expect(file.rules).toEqual([]);
    expect(file.problems[0]).toMatchObject({ code: "too-many-aliases", line: 8 });
  });

  it("is not read when it is too long", () => {
    const file = loadRules(ruleText(`query: ${"x".repeat(600_000)}`), "a.yaml");
    expect(problemsOf(file)).toEqual(["too-large 1:1"]);
  });

  it("lists no more than a person would read, and says how many more there are", () => {
    const file = load("query: T", "relevantTechniques:", ...Array(1000).fill("  - x"));
    expect(file.problems).toHaveLength(201);
    expect(file.problems.at(-1)).toMatchObject({ code: "more-of-them" });
    expect(file.problems.at(-1)?.message).toContain("800 more");
  });

  it("still names an error when more problems than it lists came before", () => {
    const file = load("query: T", "relevantTechniques:", ...Array(1000).fill("  - x"), "x: *nowhere");
    expect(file.rules).toEqual([]);
    expect(problemsOf(file)).toContain("unknown-alias 1005:4");
  });

  it("takes an alias that is used honestly, with the places of what it stands for", () => {
    const text = ruleText("description: &text T", "query: *text");
    const [rule] = loadRules(text, "a.yaml").rules;
    expect(rule).toMatchObject({ id, query: "T", queryOrigin: [{ at: 0, line: 3, column: 20 }] });
  });
});

describe("a message", () => {
  it("can't steer a terminal with the text of the file, nor flood it", () => {
    const file = load("query: T", `severity: "\\e[2J${"x".repeat(5000)}"`);
    expect(file.problems[0]?.message).toContain("\\u001b[2J");
    expect(file.problems[0]?.message.length).toBeLessThan(400);
  });
});
