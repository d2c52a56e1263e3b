import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadRules } from "../../../src/rules/load.ts";
import type { RuleFile } from "../../../src/rules/rule.ts";
import { misplaced } from "../support/places.ts";
import { id, load, problemsOf, repairsOf, ruleText } from "../support/yaml.ts";

/** The mended file is YAML for any reader, needs no repair, and has the same query. */
function expectMended(file: RuleFile): void {
  const again = loadRules(file.mended ?? "", file.path);
  expect(again.repairs).toEqual([]);
  expect(again.rules.map(({ query }) => query)).toEqual(file.rules.map(({ query }) => query));
  expect(parse(file.mended ?? "")).toMatchObject({ query: file.rules[0]?.query });
}

describe("a key at the dash's column", () => {
  it("is indented together with the items that stand at that column too", () => {
    const file = load(
      "requiredDataConnectors:",
      "  - connectorId: A",
      "  dataTypes:",
      "  - T1",
      "  - T2",
      "  - connectorId: B",
      "  dataTypes:",
      "      - T3",
      "query: |",
      "  T",
    );
    expect(repairsOf(file)).toEqual(["column-of-the-dash 5:3", "column-of-the-dash 9:3"]);
    expect(file.rules[0]?.connectors).toEqual([
      { connectorId: "A", dataTypes: ["T1", "T2"] },
      { connectorId: "B", dataTypes: ["T3"] },
    ]);
    expectMended(file);
  });

  it("is found again after a deeper list", () => {
    const file = load(
      "query: |",
      "  T",
      "entityMappings:",
      "  - entityType: Host",
      "    fieldMappings:",
      "      - identifier: HostName",
      "        columnName: DeviceName",
      "  - entityType: Account",
      "  fieldMappings:",
      "      - identifier: Name",
      "        columnName: AccountName",
    );
    expect(repairsOf(file)).toEqual(["column-of-the-dash 11:3"]);
    const names = file.rules[0]?.entityMappings.map(({ fieldMappings }) => fieldMappings[0]?.columnName);
    expect(names).toEqual(["DeviceName", "AccountName"]);
    expectMended(file);
  });
});

describe("tabs", () => {
  it("that indent keys become spaces", () => {
    const file = load(
      "requiredDataConnectors:",
      "\t- connectorId: A",
      "\t\tdataTypes:",
      "\t\t\t- T",
      "query: |",
      "  T",
    );
    expect(repairsOf(file)).toEqual(["tab-indentation 4:1"]);
    expect(file.rules[0]?.connectors).toEqual([{ connectorId: "A", dataTypes: ["T"] }]);
    expectMended(file);
  });

  it("inside a query stay, also where a line begins with one", () => {
    const text = ruleText("query: |", "  T", "\t| where a == 'x\ty'", "  \t| take 1");
    const file = loadRules(text, "a.yaml");
    expect(file.rules[0]?.query).toBe("T\n\t| where a == 'x\ty'\n\t| take 1\n");
    expect(repairsOf(file)).toEqual(["tab-indentation 5:1"]);
    expect(file.rules.flatMap((rule) => misplaced(rule, text))).toEqual([]);
    expectMended(file);
  });

  it("that indent a whole query are its margin, once", () => {
    const text = ruleText("query: |", "\tT", "\t| where (a", "\t\tand b)");
    const file = loadRules(text, "a.yaml");
    expect(file.rules[0]?.query).toBe("T\n| where (a\n\tand b)\n");
    expect(file.rules.flatMap((rule) => misplaced(rule, text))).toEqual([]);
    expectMended(file);
  });
});

describe("lost indentation", () => {
  const lost = [
    `id: ${id}`,
    "name: A rule",
    "description: |",
    "What it finds: much.",
    "tags are not keys",
    "severity: High",
    "requiredDataConnectors:",
    "- connectorId: A",
    "dataTypes:",
    "- T1",
    "- connectorId: B",
    "dataTypes:",
    "- T2",
    "queryFrequency: 1h",
    "query: |",
    "let t = datatable(",
    "name: string,",
    "version: string",
    ")['id: x', \"(\"];",
    "t",
    "",
    "// severity: is what the comment says",
    "| where name == 'a'",
    "entityMappings:",
    "- entityType: Host",
    "fieldMappings:",
    "- identifier: HostName",
    "columnName: DeviceName",
    "customDetails:",
    "Signer: Signer",
    "eventGroupingSettings:",
    "aggregationKind: AlertPerResult",
    "incidentConfiguration:",
    "createIncident: true",
    "groupingConfiguration:",
    "enabled: false",
    "kind: Scheduled",
    "",
  ].join("\n");
  const file = loadRules(lost, "a.yaml");

  it("comes back for every list and block, and ends the query at the next key that is not inside its brackets", () => {
    expect(problemsOf(file)).toEqual([]);
    expect(file.rules).toMatchObject([
      {
        id,
        description: "What it finds: much.\ntags are not keys\n",
        kind: "scheduled",
        connectors: [
          { connectorId: "A", dataTypes: ["T1"] },
          { connectorId: "B", dataTypes: ["T2"] },
        ],
        query: lost.slice(lost.indexOf("let t"), lost.indexOf("entityMappings")),
        customDetails: { Signer: "Signer" },
        eventGroupingSettings: { aggregationKind: "AlertPerResult" },
        extra: { incidentConfiguration: { createIncident: true, groupingConfiguration: { enabled: false } } },
      },
    ]);
    const [mapping] = file.rules[0]?.entityMappings ?? [];
    expect(mapping?.fieldMappings).toEqual([
      { identifier: "HostName", columnName: "DeviceName", position: { line: 28, column: 13 } },
    ]);
  });

  it("is told key by key, and the query still leads back to the file", () => {
    expect(file.repairs.map(({ code, line }) => `${code} ${line}`)).toEqual(
      [4, 8, 16, 25, 30, 32, 34].map((line) => `lost-indentation ${line}`),
    );
    expect(file.rules.flatMap((rule) => misplaced(rule, lost))).toEqual([]);
    expectMended(file);
  });

  it("of a single line inside a query is only that line's", () => {
    const found = load("query: |", "    T", "    | where a", " | where b", "| take 1", "severity: Low");
    expect(found.rules[0]).toMatchObject({ query: "T\n| where a\n| where b\n| take 1\n", severity: "Low" });
    expect(repairsOf(found)).toEqual(["outdented-lines 6:1"]);
    expectMended(found);
  });

  it("is not seen where a block states its margin, or is empty before a key that no rule has", () => {
    const stated = load("query: |2-", "   // first", "  T");
    expect(repairsOf(stated)).toEqual([]);
    expect(stated.rules[0]?.query).toBe(" // first\nT");
    const empty = load("description: |", "author: me", "query: |", "  T");
    expect(repairsOf(empty)).toEqual([]);
    expect(empty.rules[0]?.extra).toEqual({ author: "me" });
  });
});

describe("other layouts of the wild", () => {
  it("quotes a placeholder, so that it is a text and not a mapping of a mapping", () => {
    const file = load("query: T", "alertDetailsOverride:", '  alertDisplayNameFormat: {{Title}} on "{{Host}}"');
    expect(repairsOf(file)).toEqual(["unquoted-placeholder 5:27"]);
    expect(file.rules[0]?.alertDetailsOverride).toEqual({ alertDisplayNameFormat: '{{Title}} on "{{Host}}"' });
    expectMended(file);
  });

  it("frees entity mappings that were indented into the query", () => {
    const file = load(
      "query: |",
      "  T",
      "    entityMappings:",
      "  - entityType: IP",
      "    fieldMappings:",
      "      - identifier: Address",
      "        columnName: IPAddress",
      "  version: 1.0.0",
    );
    expect(repairsOf(file)).toEqual(["swallowed-keys 5:5"]);
    expect(file.rules[0]).toMatchObject({ query: "T\n", version: "1.0.0", entityMappings: [{ entityType: "IP" }] });
    expectMended(file);
  });

  it("reads carriage returns as line ends, and leaves the query's trailing spaces alone", () => {
    const text = ruleText("query: |", "  T ", "  | take 1").replaceAll("\n", "\r\n");
    const file = loadRules(text, "a.yaml");
    expect(file.rules[0]?.query).toBe("T \n| take 1\n");
    expect(file.rules.flatMap((rule) => misplaced(rule, text))).toEqual([]);
    expect(repairsOf(file)).toEqual([`line-ends 1:${`id: ${id}`.length + 1}`]);
    expectMended(file);
  });

  it("leaves out a control character, but keeps the one that is part of the query", () => {
    const outside = load("description: a\u0008b", "query: T");
    expect(repairsOf(outside)).toEqual(["control-character 3:15"]);
    expect(outside.rules[0]?.description).toBe("ab");
    expectMended(outside);
    const inside = load("query: |", "  T", "  | where a == '\u000b\u007f'", "severity: Low");
    expect(problemsOf(inside)).toEqual(["control-character-in-query 5:17"]);
    expect(inside.rules[0]).toMatchObject({ query: "T\n| where a == '\u000b\u007f'\n", severity: "Low" });
  });

  it("writes a control character of the query as an escape in the mended file, which every reader takes", () => {
    const file = load("tactics: Execution", "query: |", "  T", "  | where a == '\u000b'", "severity: Low");
    expect(file.mended).not.toContain("\u000b");
    expectMended(file);
  });
});
