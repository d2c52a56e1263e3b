import { describe, expect, it } from "vitest";
import { loadRules } from "../../../src/rules/load.ts";
import { misplaced } from "../support/places.ts";
import { id, problemsOf } from "../support/yaml.ts";

const rule = [`id: ${id}`, "name: A rule", "severity: Low", "query: |", "T", "| where a == 1"];

describe("a page", () => {
  it("whose query is not its rule's own loads both, and says so", () => {
    const text = ["Why.", "KQL Query", "T", "| take 5", ...rule].join("\n");
    const file = loadRules(text, "page.txt");
    expect(file.rules.map(({ name, query }) => [name, query])).toEqual([
      ["A rule", "T\n| where a == 1\n"],
      ["A rule (KQL Query)", "T\n| take 5"],
    ]);
    expect(problemsOf(file)).toEqual(["two-queries 3:1"]);
    expect(file.rules.flatMap((found) => misplaced(found, text))).toEqual([]);
    expect(file.mended).toBeUndefined();
  });

  it("with a query alone is a query named for its file", () => {
    const file = loadRules("# Why\nBecause.\n\n## KQL Query\n\nT\n| take 5\n\nScenario: s\n", "a/page.txt");
    expect(file.rules).toMatchObject([{ name: "page", kind: "query", query: "\nT\n| take 5" }]);
    expect(file.page?.hypothesis).toBe("# Why\nBecause.");
    expect(problemsOf(file)).toEqual(["scenario-without-expression 9:1"]);
  });

  it("keeps a rule whose indentation was not lost as it is", () => {
    const sound = ["Why.", `id: ${id}`, "name: A rule", "tags: []", "query: |", "    T", "      | take 1"].join("\n");
    const file = loadRules(sound, "page.txt");
    expect(file).toMatchObject({ repairs: [], rules: [{ query: "T\n  | take 1\n" }], page: { hypothesis: "Why." } });
    expect(file.rules.flatMap((found) => misplaced(found, sound))).toEqual([]);
  });

  it("says what of its scenarios it can't use", () => {
    const scenarios = [
      "Filter/Exclusion: a == 1",
      "**Scenario:** one",
      "- Filter / Exclusion: `b == 2`",
      "by the way",
      "Scenario: two",
      "Scenario: three",
      "Filter/Exclusion: c != 3",
    ];
    const file = loadRules([...rule, ...scenarios].join("\n"), "page.txt");
    expect(file.drafts).toEqual([
      { scenario: "", expression: "a == 1", line: 7, column: 19 },
      { scenario: "one", expression: "b == 2", line: 9, column: 24 },
      { scenario: "three", expression: "c != 3", line: 13, column: 19 },
    ]);
    expect(problemsOf(file)).toEqual([
      "expression-without-scenario 7:1",
      "text-not-understood 10:1",
      "scenario-without-expression 11:1",
    ]);
  });

  it("is not seen in a rule's own comments, or in keys above its id", () => {
    const text = ["# Copyright", "---", "kind: NRT", "author: me", ...rule.slice(0, 4), "  T"].join("\n");
    expect(loadRules(text, "a.yaml")).toMatchObject({
      format: "yaml",
      repairs: [],
      rules: [{ kind: "nrt", severity: "Low", extra: { author: "me" } }],
    });
    const described = [...rule.slice(0, 2), "description: |", "  Scenario: this", "query: |", "  T"].join("\n");
    expect(loadRules(described, "a.yaml")).toMatchObject({ format: "yaml", drafts: [], repairs: [] });
  });
});
