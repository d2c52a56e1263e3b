import { describe, expect, it } from "vitest";
import { loadRules } from "../../src/rules/load.ts";
import { misplaced } from "./support/places.ts";
import { folded, hasShared, readShared } from "./support/shared.ts";

const queryLines = [
  "let Time_start = now(-5d);",
  "let Time_end = now();",
  "//",
  "DeviceFileCertificateInfo",
  "| where Timestamp between (Time_start..Time_end)",
  "| where Signer has 'Action1 Corporation'",
  "| summarize FirstSeen=min(Timestamp), LastSeen=max(Timestamp),",
  "Report=make_set(ReportId), Count=count() by DeviceId, DeviceName",
];

const sameInBoth = {
  id: "1525a733-192f-41f2-96ba-d3f631ca00d0",
  kind: "hunting-query",
  tactics: ["CommandAndControl"],
  techniques: ["T1219"],
  connectors: [{ connectorId: "MicrosoftThreatProtection", dataTypes: ["DeviceFileCertificateInfo"] }],
};

describe.skipIf(!hasShared)("the founding page", () => {
  const text = hasShared ? readShared("seed/page.txt") : "";
  const file = loadRules(text, "page.txt");
  const [rule] = file.rules;

  it("is one rule, although it shows its query twice and lost all indentation", () => {
    expect(file.problems).toEqual([]);
    expect(file.rules).toHaveLength(1);
    expect(rule).toMatchObject({
      ...sameInBoth,
      name: "Remote Management and Montioring tool - Action1 - File Signature",
      query: `${queryLines.join("\n")}\n`,
    });
    expect(file.page?.repeatedAt).toEqual({ line: 3, column: 1 });
  });

  it("keeps the hypothesis in the words of the page", () => {
    expect(file.page?.hypothesis).toBe(text.split("\n")[0]);
  });

  it("keeps the five scenarios as drafts, each at the line of its expression", () => {
    expect(file.drafts.map(({ line, expression }) => [line, expression])).toEqual([
      [32, 'process.parent_process_name != "msiexec.exe" or file.hash_sha256 == "known_signed_driver_hash"'],
      [34, 'process.name != "SolarWinds.SAM.exe" or process.parent_process_name == "explorer.exe"'],
      [36, 'file.path contains "WindowsUpdate" or process.name == "wusa.exe"'],
      [38, 'process.name == "powershell.exe" and file.path contains "DevOpsScripts"'],
      [40, 'process.parent_process_name == "mstsc.exe" or process.name == "rdpclip.exe"'],
    ]);
    expect(file.drafts[1]?.scenario).toBe(
      "IT staff use SolarWinds Server & Application Monitor (SAM) to collect performance data from remote servers.",
    );
    expect(text.split("\n")[31]?.slice((file.drafts[0]?.column ?? 0) - 1)).toBe(file.drafts[0]?.expression);
  });

  it("says of every repair where it was needed", () => {
    expect(file.repairs.map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual([
      "lost-indentation 14:1",
      "lost-indentation 17:1",
      "scalar-list 20:10",
      "scalar-list 21:21",
      "lost-indentation 23:1",
    ]);
  });

  it("leads every character of the query back to the YAML of the page, not to the copy above", () => {
    expect(rule === undefined ? [0] : misplaced(rule, text)).toEqual([]);
    expect(rule?.queryOrigin[0]).toEqual({ at: 0, line: 23, column: 1 });
  });

  it("is offered as YAML that needs no repair and keeps hypothesis and scenarios", () => {
    const again = loadRules(file.mended ?? "", "page.yaml");
    expect(again).toMatchObject({ repairs: [], problems: [], page: { hypothesis: file.page?.hypothesis } });
    expect(again.rules[0]).toMatchObject({ ...sameInBoth, query: rule?.query });
    expect(again.drafts.map(({ expression }) => expression)).toEqual(file.drafts.map(({ expression }) => expression));
  });
});

describe.skipIf(!hasShared)("the founding rule as its author published it", () => {
  const text = hasShared ? readShared("seed/rmm_Action1_filesig.yaml") : "";
  const file = loadRules(text, "rmm_Action1_filesig.yaml");
  const [rule] = file.rules;

  it("loads although it is not valid YAML, with the query untouched", () => {
    expect(file.problems).toEqual([]);
    expect(file.rules).toHaveLength(1);
    expect(rule).toMatchObject({
      ...sameInBoth,
      name: "Remote Management and Monitoring tool - Action1 - File Signature",
    });
    expect(folded(rule?.query ?? "")).toBe(folded(queryLines.join("\n")));
    expect(rule?.query).toContain("LastSeen=max(Timestamp), \n    Report=make_set");
    expect(rule === undefined ? [0] : misplaced(rule, text)).toEqual([]);
  });

  it("names the line of `dataTypes:` and of both scalars", () => {
    const places = file.repairs.map(({ code, line, column }) => `${code} ${line}:${column}`);
    expect(places).toEqual(["line-ends 1:41", "column-of-the-dash 8:5", "scalar-list 10:10", "scalar-list 11:21"]);
  });

  it("is offered mended", () => {
    const again = loadRules(file.mended ?? "", "rmm_Action1_filesig.yaml");
    expect(again).toMatchObject({ repairs: [], problems: [] });
    expect(again.rules[0]).toMatchObject({ ...sameInBoth, query: rule?.query });
  });
});
