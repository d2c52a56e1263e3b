import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { sharedFolder } from "../../src/read/sharedFolder.ts";
import { readRuleRecords } from "../../src/rules/readRuleRecords.ts";
import { formatRepositoryTable, type RuleOutcome, surveyRules } from "../../src/rules/repositoryTable.ts";
import type { RuleRecord } from "../../src/rules/ruleRecord.ts";
import { temporaryFolder } from "../read/temporary.ts";

const folder = sharedFolder("rules");

test.skipIf(folder === undefined)("every published record is read, with the file it came from", async () => {
  const formats = new Map<string, number>();
  let unlikeYaml = 0;
  for await (const { format, repo, yaml } of readRuleRecords(folder ?? "")) {
    formats.set(format, (formats.get(format) ?? 0) + 1);
    if (repo.startsWith("jischell-msft/") && yaml !== undefined) unlikeYaml += 1;
  }
  expect(Object.fromEntries(formats)).toEqual({
    "kql-file": 1685,
    "markdown-block": 1451,
    "sentinel-hunting-yaml": 1097,
    "sentinel-analytic-yaml": 769,
    "sentinel-parser-yaml": 119,
  });
  expect(unlikeYaml).toBe(129);
});

const rule = (repo: string, name: string): RuleRecord => {
  const texts = { id: name, sha256: name, commit: "c", path: "p", licence: "MIT", query: name };
  return { ...texts, repo, name, format: "kql-file", meta: {} };
};

test("a record that lacks a field is named by file, line and field", async () => {
  const { licence: _, ...without } = rule("a/b", "n");
  const lines = `${JSON.stringify(rule("a/b", "n"))}\n${JSON.stringify(without)}\n`;
  const records = readRuleRecords(await temporaryFolder({ "a.jsonl.gz": gzipSync(lines) }));
  await records.next();
  await expect(records.next()).rejects.toThrow(/a\.jsonl\.gz:2: 'licence' should be a text/);
});

const outcomes: { readonly [name: string]: RuleOutcome } = {
  runs: { reached: "runs" },
  compiles: { reached: "compiles", refused: "no time" },
  binds: { reached: "binds", refused: "unsupported-function: f" },
  binds2: { reached: "binds", refused: "unsupported-function: f" },
  broken: { reached: null, refused: "KS006" },
};
const records = [
  rule("a/a", "runs"),
  rule("b/b", "compiles"),
  rule("b/b", "binds"),
  rule("b/b", "binds2"),
  rule("b/b", "broken"),
  rule("a/a", "throws"),
];

const examine = ({ name }: RuleRecord): RuleOutcome => {
  const outcome = outcomes[name];
  if (outcome === undefined) throw new Error("boom");
  return outcome;
};

test("a query counts for every step it got through, and for the one reason it stopped", async () => {
  const { rows, total } = await surveyRules({ records, examine });
  expect(rows.map(({ repo, reached }) => [repo, reached])).toEqual([
    ["b/b", { parses: 3, binds: 3, compiles: 1, runs: 0 }],
    ["a/a", { parses: 1, binds: 1, compiles: 1, runs: 1 }],
  ]);
  expect([...total.refused]).toEqual([
    ["unsupported-function: f", 2],
    ["KS006", 1],
    ["no time", 1],
    ["thrown: boom", 1],
  ]);
});

test("the table shows the figures and the most frequent reasons", async () => {
  const table = await surveyRules({ records: records.slice(1, 5), examine });
  expect(formatRepositoryTable(table, { reasons: 1 }).split("\n")).toEqual([
    "repository  records  parses  binds  compiles  runs  refused",
    "b/b               4       3      3         1     0        4",
    "total             4       3      3         1     0        4",
    "",
    "refused because          queries",
    "unsupported-function: f        2",
  ]);
});

test("an aborted survey stops, and does not count what was cut off as refused", async () => {
  const abort = new AbortController();
  const examined: string[] = [];
  const surveying = surveyRules({
    records,
    signal: abort.signal,
    examine: ({ name }) => {
      examined.push(name);
      abort.abort(new Error("interrupted"));
      throw new Error("cut off");
    },
  });
  await expect(surveying).rejects.toThrow("interrupted");
  expect(examined).toEqual(["runs"]);
});
