import { describe, expect, it } from "vitest";
import { loadRules } from "../../../src/rules/load.ts";
import { misplaced } from "../support/places.ts";
import { problemsOf } from "../support/yaml.ts";

describe("a file of KQL", () => {
  it("is one query, character by character, described by its opening comment", () => {
    const text = "// Finds much\r\n//  and more\r\n\r\nT\r\n| take 1 // one\r\n";
    const file = loadRules(text, "rules/Find much.kql");
    expect(file.rules).toMatchObject([
      { name: "Find much", kind: "query", query: text, description: "Finds much\n and more", idOrigin: "derived" },
    ]);
    expect(file.rules.flatMap((rule) => misplaced(rule, text))).toEqual([]);
    expect(file).toMatchObject({ repairs: [], problems: [] });
  });

  it("with only comments has no query", () => {
    expect(problemsOf(loadRules("// nothing\n", "a.csl"))).toEqual(["empty-query 1:1"]);
  });

  it("that begins with a byte-order mark counts its columns without it", () => {
    const file = loadRules("\ufeffT | take 1", "a.kql");
    expect(file.rules).toMatchObject([{ query: "T | take 1", queryOrigin: [{ at: 0, line: 1, column: 1 }] }]);
    expect(file.repairs).toMatchObject([{ code: "byte-order-mark" }]);
  });
});

describe("a .txt file", () => {
  it.each([
    ["KQL", "SecurityEvent | where EventID == 4688", "kql"],
    ["KQL that opens with let", "let x = 1;\nprint x", "kql"],
    ["the YAML of a rule", "id: a\nname: b\nquery: T\n", "yaml"],
  ])("holding %s is read as such", (_, text, format) => {
    expect(loadRules(text, "a.txt")).toMatchObject({ format, rules: [{ part: 1 }] });
  });

  it.each(["let me tell you\n- a\n- b\n", "requests==2.0\npyyaml\n", "MIT License\n\nCopyright"])(
    "of other things is no rule: %j",
    (text) => {
      expect(problemsOf(loadRules(text, "a.txt"))).toEqual(["no-rule 1:1"]);
    },
  );
});
