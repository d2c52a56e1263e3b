import { examine, parseDatetime } from "@goshawk/kql";
import { catalogueTable } from "@goshawk/store";
import * as schemas from "@goshawk/store/schemas";
import { describe, expect, test } from "vitest";
import { type CheckedFile, checkFiles } from "../../src/check/check.ts";
import { checkCodes, summaryOf } from "../../src/check/codes.ts";
import { readCheckConfig, weighed } from "../../src/check/config.ts";
import type { Examiner } from "../../src/check/examiner.ts";
import { fixed } from "../../src/check/fix.ts";
import { reachOf } from "../../src/check/reach.ts";
import { loadRules } from "../../src/rules/load.ts";

const now = parseDatetime("2026-11-24T00:00:00Z") ?? 0n;

/** In this thread: what a thread of its own is for is tested by itself. */
const examiner: Examiner = {
  examine: async (text) =>
    examine(text, { ...reachOf(text, schemas, new Map()), now, renamed: schemas.oldNames(), placesOfAddresses: true }),
  close: async () => {},
};

async function checked(files: Readonly<Record<string, string>>): Promise<readonly CheckedFile[]> {
  const inputs = Object.entries(files).map(([path, text]) => ({ file: loadRules(text, path), text }));
  return checkFiles(inputs, { examiner, now, isDefender: (table) => catalogueTable(table)?.defender === true });
}

/** `code line:column` and the text that the problem stands at, of one file. */
async function found(text: string, path = "rule.yaml"): Promise<readonly string[]> {
  const [file] = await checked({ [path]: text });
  const lines = text.split("\n");
  return (file?.problems ?? []).map(({ code, start, end }) => {
    const shown = lines[start.line - 1]?.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined);
    return `${code} ${start.line}:${start.column} ${shown}`;
  });
}

const head = `id: 1525a733-192f-41f2-96ba-d3f631ca00d0
name: A rule
description: Something
severity: High
kind: Scheduled
queryFrequency: 1h
queryPeriod: 1d
triggerOperator: gt
triggerThreshold: 0
tactics: [CommandAndControl]
relevantTechniques: [T1219]
`;
const query = `query: |
  SigninLogs
  | where TimeGenerated > ago(1d)
  | project TimeGenerated, UserPrincipalName, IPAddress
`;

test("a sound rule has nothing said of it", async () => {
  expect(await found(head + query)).toEqual([]);
});

describe("a problem points at its place in the file", () => {
  test.each([
    ["a table", head + query.replace("SigninLogs", "SigninLog"), "KS204 13:3 SigninLog"],
    ["a column", head + query.replace("IPAddress", "IpAdress"), "KS142 15:47 IpAdress"],
    ["a revoked technique", head.replace("T1219", "T1086") + query, "revoked-technique 11:22 T1086"],
    ["an unknown one", head.replace("T1219", "T1219.077") + query, "unknown-technique 11:22 T1219.077"],
    ["a deprecated one", head.replace("T1219", "T1064") + query, "deprecated-technique 11:22 T1064"],
    ["one of another tactic", head.replace("T1219", "T1486") + query, "technique-without-tactic 11:22 T1486"],
    [
      "a tactic",
      head.replace("[CommandAndControl]", "[CommanAndControl]") + query,
      "unknown-tactic 10:11 CommanAndControl",
    ],
    [
      "its spelling",
      head.replace("[CommandAndControl]", "[Command and control]") + query,
      "tactic-spelling 10:11 Command and control",
    ],
    ["a period below the look-back", head + query.replace("1d", "14d"), "period-below-look-back 7:1 queryPeriod"],
    [
      "a period below the frequency",
      head.replace("queryPeriod: 1d", "queryPeriod: 30m") + query.replace("1d", "30m"),
      "period-below-frequency 7:1 queryPeriod",
    ],
    ["a frequency", head.replace("1h", "1m") + query, "schedule-limit 6:1 queryFrequency"],
    ["a search of everything", `${head}query: |\n  search "x"\n`, "searches-everything 13:3 search"],
  ])("%s", async (_, text, expected) => {
    expect(await found(text)).toContain(expected);
  });

  test("in a JSON template, too", async () => {
    const template = JSON.stringify(
      {
        type: "Microsoft.SecurityInsights/alertRules",
        kind: "NRT",
        name: "1525a733-192f-41f2-96ba-d3f631ca00d0",
        properties: {
          displayName: "x",
          query: 'SigninLogs\n| where Userr == "a"',
          techniques: ["T1086"],
          tactics: ["Execution"],
        },
      },
      null,
      1,
    );
    expect(await found(template, "rule.json")).toEqual(["KS142 7:33 Userr", "revoked-technique 9:5 T1086"]);
  });
});

describe("entities and details", () => {
  const mapped = (type: string, identifier: string, column: string): string =>
    `${head}${query}entityMappings:\n  - entityType: ${type}\n    fieldMappings:\n      - identifier: ${identifier}\n        columnName: ${column}\n`;
  test.each([
    ["Account", "FullName", "UserPrincipalName", []],
    ["Account", "FullName", "UserPrincipalname", ["unmapped-column 20:21 UserPrincipalname"]],
    ["Account", "Address", "UserPrincipalName", ["unknown-identifier 20:21 UserPrincipalName"]],
    ["Acount", "FullName", "UserPrincipalName", ["unknown-entity-type 17:17 Acount"]],
  ])("%s.%s from %s", async (type, identifier, column, expected) => {
    expect(await found(mapped(type, identifier, column))).toEqual(expected);
  });

  test("a query whose columns only rows can tell is given the benefit of the doubt", async () => {
    const text = mapped("Account", "FullName", "Whoever")
      .replace("SigninLogs", "Custom_CL")
      .replace(/ {2}\| project.*\n/, "");
    expect(await found(text)).toEqual([]);
  });

  test("custom details and the alert's own words name columns", async () => {
    const text = `${head}${query}customDetails:\n  Who: Nobody\nalertDetailsOverride:\n  alertDisplayNameFormat: By {{IPAddress}} and {{Nothing}}\n`;
    expect(await found(text)).toEqual(["unknown-detail-column 17:8 Nobody", "unknown-override-column 19:50 Nothing"]);
  });
});

test("rules of one id are told from each other", async () => {
  const files = await checked({ "a.yaml": head + query, "b.yaml": head + query });
  expect(files.map((file) => file.problems.map(({ code, message }) => [code, message]))).toEqual([
    [],
    [["duplicate-id", "The id 1525a733-192f-41f2-96ba-d3f631ca00d0 is that of 'A rule' in a.yaml:1 already."]],
  ]);
});

describe("what a rule can be", () => {
  // "Create custom detection rules": Timestamp, ReportId and a column that names an asset.
  test.each([
    ["DeviceProcessEvents | where Timestamp > ago(1h)", []],
    ["DeviceProcessEvents | where Timestamp > ago(1h) | project Timestamp, DeviceId", ["it returns no ReportId"]],
    [
      "DeviceProcessEvents | where Timestamp > ago(1h) | summarize count() by FileName",
      [
        "it returns neither Timestamp nor TimeGenerated",
        "it returns no ReportId",
        "it returns no column that names a device, account or mailbox",
      ],
    ],
  ])("a custom detection: %s", async (text, reasons) => {
    const [file] = await checked({ "q.kql": text });
    expect(file?.rules[0]?.notDetection).toEqual(reasons);
  });

  test("a continuous one reads one table, without joins", async () => {
    const detection = {
      displayName: "x",
      queryCondition: {
        queryText: "DeviceProcessEvents | where Timestamp > ago(1h) | join (DeviceEvents) on DeviceId",
      },
      schedule: { period: "0" },
      detectionAction: { alertTemplate: { title: "x", severity: "low" } },
    };
    const [file] = await checked({ "d.json": JSON.stringify(detection) });
    const said = file?.problems.filter(({ code }) => code === "not-a-custom-detection").map(({ message }) => message);
    expect(said).toEqual([
      "This can't be a continuous custom detection: it reads 2 tables.",
      "This can't be a continuous custom detection: it joins.",
    ]);
  });
});

describe("silence", () => {
  const doubtful = `${head}query: |\n  SigninLogs\n  // goshawk-ignore contains-for-has: part of longer names\n  | where UserPrincipalName contains "admin"\n`;
  test("takes a reason, and is kept with it", async () => {
    const [file] = await checked({ "a.yaml": doubtful });
    expect(file?.problems.map(({ code, silenced }) => [code, silenced])).toEqual([
      ["contains-for-has", "part of longer names"],
    ]);
  });

  test("without a reason is none, and one for nothing is said", async () => {
    expect(await found(doubtful.replace(": part of longer names", ""))).toEqual([
      "silence-without-reason 14:3 // goshawk-ignore contains-for-has",
      "contains-for-has 15:29 contains",
    ]);
    expect(await found(`# goshawk-ignore-file KS142: old\n${head}${query}`)).toEqual([
      "unused-silence 1:1 # goshawk-ignore-file KS142: old",
    ]);
  });

  test("a configuration disables by path and weighs by code", async () => {
    const config = readCheckConfig(
      "disable:\n  - { code: contains-for-has, reason: ours, paths: [vendor] }\nseverity: { KS142: warning }\n",
      "c.yaml",
    );
    const [problem] = (await checked({ "vendor/a.yaml": doubtful.replace(/ {2}\/\/.*\n/, "") }))[0]?.problems ?? [];
    expect(problem && weighed(problem, config).silenced).toBe("ours");
    expect(problem && weighed({ ...problem, path: "vendors/a.yaml" }, config).silenced).toBeUndefined();
    expect(problem && weighed({ ...problem, code: "KS142" }, config).severity).toBe("warning");
    expect(() => readCheckConfig("disable: [{ code: KS142 }]", "c.yaml")).toThrow(
      "c.yaml: 'KS142' is disabled without a 'reason'",
    );
    expect(() => readCheckConfig("disable: [{ code: nope, reason: x }]", "c.yaml")).toThrow("there is no code 'nope'");
  });
});

test("a fix changes its own place in the file and nothing else", async () => {
  const text = `${head.replace("[T1219]", "\n  - T1086 # as published\n  - T1219").replace("[CommandAndControl]", "\n  - Command and control\n  - Execution")}query: |  # odd but sound
    SigninLogs   
    | where TimeGenerated > ago(1d)
    | summarize makeset(IPAddress) by UserPrincipalName
`;
  const [file] = await checked({ "a.yaml": text });
  const change = file === undefined ? undefined : fixed(file);
  expect(change?.settled).toBe(4);
  expect(change?.text).toBe(
    text
      .replace("T1086", "T1059.001")
      .replace("Command and control", "CommandAndControl")
      .replace("SigninLogs   ", "SigninLogs")
      .replace("makeset(IPAddress)", "make_set(IPAddress, 128)"),
  );
});

describe("a fix of a tactic leaves alone what another place of the file means by the same word", () => {
  const hunted = `query: |\n  DeviceEvents\n  | where Timestamp > ago(1d) and ActionType == 'persistence' and FileName == 'T1086'\n`;
  const named = head.replace("[CommandAndControl]", "*t").replace("[T1219]", "*u");
  const rule = (tactics: string, more: object = {}): string =>
    JSON.stringify({
      $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
      contentVersion: "1.0.0.0",
      resources: [
        {
          type: "Microsoft.SecurityInsights/alertRules",
          kind: "NRT",
          name: "1525a733-192f-41f2-96ba-d3f631ca00d0",
          properties: {
            displayName: "x",
            tactics: [tactics],
            query: "DeviceEvents | where ActionType == 'persistence'",
          },
        },
      ],
      ...more,
    });
  test.each([
    ["an alias", `x-t: &t [persistence]\nx-u: &u [T1086]\n${named}${hunted}`, "a.yaml"],
    [
      "a rule's name",
      `${head.replace("A rule", "&t persistence").replace("[CommandAndControl]", "[*t]")}${hunted}`,
      "a.yaml",
    ],
    ["a template's variable before", rule("[variables('t')]", { variables: { t: "persistence" } }), "a.json"],
    [
      "a template's variable named so",
      rule("[variables('persistence')]", { variables: { persistence: "persistence" } }),
      "a.json",
    ],
  ])("%s", async (_, text, path) => {
    const [file] = await checked({ [path]: text });
    expect(file?.problems.map(({ code }) => code)).toContain("tactic-spelling");
    expect(file === undefined ? undefined : fixed(file)?.text).toBeUndefined();
  });

  test("one that it writes itself is mended there, in JSON and in a text with commas, too", async () => {
    const lists: readonly (readonly [string, string])[] = [
      [rule("persistence"), "a.json"],
      [`${head.replace("[CommandAndControl]", "Execution, persistence")}${hunted}`, "a.yaml"],
      [`${head.replace("[CommandAndControl]", '["persistence"]')}${hunted}`, "b.yaml"],
    ];
    for (const [text, path] of lists) {
      const [file] = await checked({ [path]: text });
      expect(file === undefined ? undefined : fixed(file)?.text, path).toBe(text.replace("persistence", "Persistence"));
    }
  });
});

test("a misspelt severity is a warning, another case of it no more than information", async () => {
  const said = async (severity: string): Promise<unknown> =>
    (await checked({ "a.yaml": head.replace("High", severity) + query }))[0]?.problems.map((item) => [
      item.code,
      item.severity,
    ]);
  expect(await said("Hihg")).toEqual([["misspelt-value", "warning"]]);
  expect(await said("high")).toEqual([["value-spelling", "information"]]);
});

test("a query that the file writes in another way is left to a person", async () => {
  const [file] = await checked({
    "a.yaml": `${head}query: "SigninLogs | where tostring(parsejson(\\"{}\\").a) == '' | take 1"\n`,
  });
  expect(file?.problems.map(({ code, fix }) => [code, fix !== undefined])).toEqual([["obsolete-function", true]]);
  const [folded] = await checked({
    "b.yaml": `${head}query: "SigninLogs | where tostring(p\\x61rsejson('')) == '' | take 1"\n`,
  });
  expect(folded?.problems.map(({ code, fix }) => [code, fix !== undefined])).toEqual([["obsolete-function", false]]);
});

test("every code says what it means", () => {
  for (const { code, summary } of checkCodes()) expect(summaryOf(code), code).toBe(summary);
});

test("words that every JavaScript object knows are no entity types, kinds, operators or formats", async () => {
  const text = `${head.replace("Scheduled", "constructor").replace("gt", "toString")}${query}entityMappings:
  - entityType: constructor
    fieldMappings:
      - identifier: valueOf
        columnName: IPAddress
`;
  expect(await found(text)).toEqual([
    "unknown-value 5:7 c",
    "unknown-value 8:18 t",
    "unknown-entity-type 17:17 constructor",
  ]);
  const other = loadRules("SigninLogs | take 1", "query.constructor");
  expect([other.format, other.rules.length]).toEqual(["kql", 1]);
  expect(() => readCheckConfig("disable: [{ code: constructor, reason: x }]", "c.yaml")).toThrow("there is no code");
});

test("a duration that is none, or longer than any, is outside of the limits and not missing", async () => {
  const text = head
    .replace("queryFrequency: 1h", "queryFrequency: 0m")
    .replace("queryPeriod: 1d", "queryPeriod: 99999999999999d");
  expect(await found(text + query)).toEqual(["schedule-limit 6:1 queryFrequency", "schedule-limit 7:1 queryPeriod"]);
});

test("a column that is unknown has no type either: one problem, not two", async () => {
  const text = query.replace("| project TimeGenerated, UserPrincipalName, IPAddress", "| where Nothing has_any ('x')");
  expect(await found(head + text)).toEqual(["KS142 15:11 Nothing"]);
});

test("a fix inside of a function that takes arguments changes the word that it is about, and no other", async () => {
  const text = `${head}query: |
  let f = (v_Name: string)  {
    SigninLogs
    | where TimeGenerated > ago(1d)
    | summarize Percent = count(), Info = any(pack('EventID', IPAddress)) by UserPrincipalName };
  f('a')
`;
  const [file] = await checked({ "a.yaml": text });
  expect(file === undefined ? undefined : fixed(file)?.text).toBe(text.replace("(pack(", "(bag_pack("));
});
