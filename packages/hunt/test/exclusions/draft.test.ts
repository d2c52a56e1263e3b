import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sharedFolder } from "@goshawk/testkit";
import { describe, expect, test } from "vitest";
import { parseExclusions } from "../../src/exclusions/load.ts";
import { type ColumnsOf, draftExclusion, draftsText, loadRules, siblingTables } from "../../src/index.ts";

const columns: Readonly<Record<string, readonly string[]>> = {
  DeviceFileCertificateInfo: ["DeviceId", "SHA1", "Signer"],
  DeviceFileEvents: [
    "FileName",
    "FolderPath",
    "SHA256",
    "InitiatingProcessFileName",
    "InitiatingProcessParentFileName",
  ],
  DeviceProcessEvents: ["FileName", "FolderPath", "InitiatingProcessFileName", "ProcessCommandLine"],
};
const columnsOf: ColumnsOf = (table) => new Set(columns[table] ?? []);

const draft = (expression: string): ReturnType<typeof draftExclusion> =>
  draftExclusion(
    { scenario: "Some scenario", expression, line: 1, column: 1 },
    "DeviceFileCertificateInfo",
    siblingTables,
    columnsOf,
  );

describe("a scenario's expression", () => {
  test("is about the table in which its fields can be seen", () => {
    expect(draft('process.name == "a.exe"')).toMatchObject({
      when: 'InitiatingProcessFileName =~ "a.exe"',
      evidenceTable: "DeviceFileEvents",
    });
    expect(draft('process.command_line contains "x" and process.name == "a.exe"')).toMatchObject({
      when: 'ProcessCommandLine contains "x" and FileName =~ "a.exe"',
      evidenceTable: "DeviceProcessEvents",
    });
    expect(draft('Signer == "a"')).not.toHaveProperty("evidenceTable");
    expect(draft('file.path == "a" and wings.count == 2')).toMatchObject({ unknown: ["wings.count"] });
  });

  test("that is no condition is left to a person", () => {
    expect(draft("when the moon is full")).not.toHaveProperty("when");
    expect(draft('true) | where (process.name == "a"')).not.toHaveProperty("when");
  });
});

const seed = sharedFolder("seed");
describe.skipIf(seed === undefined)("the founding page (needs the shared reference data)", () => {
  test("its five scenarios become drafts with the doubts that its notes name, none of them applied", async () => {
    const text = await readFile(join(seed ?? "", "page.txt"), "utf8");
    const { drafts } = loadRules(text, "page.txt");
    const made = drafts.map((item) => draftExclusion(item, "DeviceFileCertificateInfo", siblingTables, columnsOf));
    expect(made.map(({ polarity }) => polarity)).toEqual(["mixed", "mixed", "drop", "drop", "drop"]);
    expect(made.map(({ placeholders }) => placeholders.length)).toEqual([1, 0, 0, 0, 0]);
    expect(made[2]?.bypass).toBe("anything whose FolderPath contains 'WindowsUpdate'");
    expect(made[3]?.bypass).toContain("FolderPath contains 'DevOpsScripts'");
    const yaml = draftsText(made, {
      ruleId: "1525a733-192f-41f2-96ba-d3f631ca00d0",
      table: "DeviceFileCertificateInfo",
      owner: "somebody",
      created: "2026-11-24",
    });
    const loaded = parseExclusions(yaml, "drafts.yaml");
    expect(loaded.problems).toEqual([]);
    expect(loaded.exclusions.map(({ meaning }) => meaning)).toEqual(Array.from({ length: 5 }, () => undefined));
    const decided = yaml.replace("    owner: somebody", "    meaning: drop\n    owner: somebody");
    expect(parseExclusions(decided, "drafts.yaml").problems[0]?.message).toMatch(/placeholder/);
  });
});
