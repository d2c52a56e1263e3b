import { describe, expect, it } from "vitest";
import { loadRules } from "../../../src/rules/load.ts";
import { id, load, problemsOf, repairsOf } from "../support/yaml.ts";

describe("the values of a rule", () => {
  it("keep their meaning: all keys of a scheduled rule arrive", () => {
    const file = load(
      "severity: Medium",
      "status: Available",
      "queryFrequency: PT1H",
      "queryPeriod: 1d",
      "triggerOperator: gt",
      "triggerThreshold: 10",
      "suppressionEnabled: false",
      "suppressionDuration: 5h",
      "tactics:",
      "  - Execution",
      "relevantTechniques: [T1059, t1059.001]",
      "query: T",
      "customDetails:",
      "  Count: count_",
      "eventGroupingSettings:",
      "  aggregationKind: SingleAlert",
      "tags: [a, b]",
      "version: 1.0",
      "kind: Scheduled",
    );
    expect(problemsOf(file)).toEqual([]);
    expect(file.rules).toMatchObject([
      {
        kind: "scheduled",
        severity: "Medium",
        queryFrequency: "PT1H",
        queryPeriod: "1d",
        triggerOperator: "GreaterThan",
        triggerThreshold: 10,
        suppressionEnabled: false,
        suppressionDuration: "5h",
        tactics: ["Execution"],
        techniques: ["T1059", "T1059.001"],
        query: "T",
        customDetails: { Count: "count_" },
        eventGroupingSettings: { aggregationKind: "SingleAlert" },
        tags: ["a", "b"],
        version: "1.0",
        extra: { status: "Available" },
      },
    ]);
    expect(file.rules[0]?.keys.queryPeriod).toEqual({ line: 6, column: 1 });
  });

  it.each([
    ["gt", "GreaterThan"],
    ["GreaterThan", "GreaterThan"],
    ["lt", "LessThan"],
    ["eq", "Equal"],
    ["NotEqual", "NotEqual"],
  ])("the trigger operator %s is %s", (written, meant) => {
    expect(load("query: T", `triggerOperator: ${written}`).rules[0]?.triggerOperator).toBe(meant);
  });

  it.each([
    ["kind: NRT", "nrt"],
    ["kind: nrt", "nrt"],
    ["kind: scheduled", "scheduled"],
    ["queryFrequency: 1h", "scheduled"],
    ["severity: Low", "hunting-query"],
    ["InputEntityType: Account", "query"],
  ])("with %s it is of the kind %s", (line, kind) => {
    expect(load("query: T", line).rules[0]?.kind).toBe(kind);
  });

  it.each([
    ["Hight", "High", "misspelt-value"],
    ["high", "High", "value-spelling"],
    ["Meduim", "Medium", "misspelt-value"],
    ["Information", "Informational", "misspelt-value"],
  ])("the severity %s is read as %s, with a repair", (written, meant, code) => {
    const file = load("query: T", `severity: ${written}`);
    expect(file.rules[0]?.severity).toBe(meant);
    expect(repairsOf(file)).toEqual([`${code} 4:11`]);
    expect(file.mended).toContain(`severity: ${meant}\n`);
  });

  it.each(["Test", "Critical", "Lo"])("the severity %s is not guessed at", (written) => {
    const file = load("query: T", `severity: ${written}`);
    expect(file.rules[0]?.severity).toBeUndefined();
    expect(problemsOf(file)).toEqual(["unknown-value 4:11"]);
  });

  it("splits a scalar list at its commas and mends it to a list", () => {
    const file = load("query: T", "tactics: CommandAndControl, Persistence", "relevantTechniques: T1219");
    expect(file.rules[0]).toMatchObject({ tactics: ["CommandAndControl", "Persistence"], techniques: ["T1219"] });
    expect(file.mended).toContain("tactics: [CommandAndControl, Persistence]\nrelevantTechniques: [T1219]\n");
  });

  it("names what is not the id of a technique, and keeps the others", () => {
    const file = load("query: T", "relevantTechniques:", "  - T1219", "  - null", "  - T12", "  - TA0011");
    expect(file.rules[0]?.techniques).toEqual(["T1219"]);
    expect(problemsOf(file)).toEqual(["not-a-technique 6:5", "not-a-technique 7:5", "not-a-technique 8:5"]);
  });

  it("derives the same id from the same path and name, and another one from another", () => {
    const text = "name: A rule\nquery: T\n";
    const file = loadRules(text, "rules/a.yaml");
    const [rule] = file.rules;
    expect(rule?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(rule?.idOrigin).toBe("derived");
    expect(repairsOf(file)).toEqual(["missing-id 1:1"]);
    expect(file.mended).toBe(`id: ${rule?.id}\n${text}`);
    expect(loadRules(text, "./rules\\a.yaml").rules[0]?.id).toBe(rule?.id);
    expect(loadRules(text, "rules/b.yaml").rules[0]?.id).not.toBe(rule?.id);
    expect(loadRules("name: Other\nquery: T\n", "rules/a.yaml").rules[0]?.id).not.toBe(rule?.id);
    expect(loadRules(`id:\n${text}`, "rules/a.yaml").mended).toBe(`id: ${rule?.id}\n${text}`);
  });

  it("keeps an id that is no GUID, and says so", () => {
    const file = loadRules("id: mine-1\nname: A rule\nquery: T\n", "a.yaml");
    expect(file.rules[0]?.id).toBe("mine-1");
    expect(problemsOf(file)).toEqual(["id-not-guid 1:5"]);
  });

  it("reads keys in another case, but an exploration query's own keys as they are", () => {
    const file = load("Query: T", "requiredDataConnectors:", "  - connectorId: A", "    datatypes: [B]");
    expect(repairsOf(file)).toEqual(["key-spelling 3:1", "key-spelling 6:5"]);
    expect(file.rules[0]).toMatchObject({ query: "T", connectors: [{ connectorId: "A", dataTypes: ["B"] }] });
    const insight = `Id: ${id}\nDisplayName: Hosts\nInputEntityType: Account\nTactics: [Persistence]\nquery: T\n`;
    expect(loadRules(insight, "a.yaml")).toMatchObject({
      repairs: [],
      rules: [{ id, name: "Hosts", kind: "query", tactics: ["Persistence"], extra: { InputEntityType: "Account" } }],
    });
  });

  it("keeps unknown keys whole, also one that objects have by nature", () => {
    const extra = load("query: T", "__proto__: {a: 1}", "author: {name: x, since: 2020}").rules[0]?.extra ?? {};
    expect(Object.keys(extra)).toEqual(["__proto__", "author"]);
    expect(extra.author).toEqual({ name: "x", since: 2020 });
    expect(Object.getPrototypeOf(extra)).toBe(Object.prototype);
  });

  it("reads each document of a file as a rule of its own", () => {
    const other = id.replace("1", "2");
    const file = loadRules(`id: ${id}\nname: A\nquery: T\n---\nid: ${other}\nname: B\nquery: U\n---\n`, "a.yaml");
    expect(file.rules.map(({ name, part }) => [name, part])).toEqual([
      ["A", 1],
      ["B", 2],
    ]);
  });
});
