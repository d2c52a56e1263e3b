import { startWorkerBackend } from "@goshawk/engine";
import { parseDatetime } from "@goshawk/kql";
import { catalogueTable, schemasModule } from "@goshawk/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RuleAnswer, runHunt } from "../../src/hunts/runHunt.ts";
import { loadRules } from "../../src/rules/load.ts";
import { parseTests } from "../../src/tests/load.ts";
import { recordCase, testFileText } from "../../src/tests/record.ts";
import { runTests } from "../../src/tests/run.ts";

const limits = { tables: [], schemas: schemasModule, memoryLimit: "1GB", threads: 1 };
const store = startWorkerBackend(limits);
const engine = startWorkerBackend(limits);
afterAll(async () => {
  await store.close();
  await engine.close();
});

const [rule] = loadRules(
  `id: 1525a733-192f-41f2-96ba-d3f631ca00d0
name: Two failures
query: |
  DeviceLogonEvents
  | where Timestamp > ago(1d) and ActionType == "LogonFailed"
  | summarize Failures = count() by DeviceName
  | where Failures >= 2
`,
  "a.yaml",
).rules;

const columns = (table: string) => catalogueTable(table)?.columns;
const options = { columnsOf: columns, eventTime: () => "Timestamp", today: "2026-11-24" };
let answer: RuleAnswer | undefined;

beforeAll(async () => {
  const known = catalogueTable("DeviceLogonEvents")?.columns ?? [];
  const row = (device: string, action: string, minute: number): readonly (string | null)[] => {
    const cells: Readonly<Record<string, string>> = {
      Timestamp: `2026-11-23T10:${String(minute).padStart(2, "0")}:00Z`,
      DeviceName: device,
      ActionType: action,
    };
    return known.map(({ name }) => cells[name] ?? null);
  };
  const noise = Array.from({ length: 40 }, (_, minute) => row("pc1", "LogonSuccess", minute));
  const rows = [...noise, row("pc1", "LogonFailed", 50), row("pc1", "LogonFailed", 51), row("pc2", "LogonFailed", 52)];
  store.useValues([{ name: "DeviceLogonEvents", columns: known, rows }]);
  if (rule === undefined) return;
  const now = parseDatetime("2026-11-24T00:00:00Z") ?? 0n;
  const stored = new Map([
    ["DeviceLogonEvents", { name: "DeviceLogonEvents", rows: rows.length, firstEvent: 0n, lastEvent: now }],
  ]);
  const [outcome] = await runHunt([rule], store, { now, stored, today: options.today, eventTime: options.eventTime });
  if (outcome !== undefined && "findings" in outcome) answer = outcome;
});

test("a case is made of the few events that make the finding, passes, and tells nothing of what is masked", async () => {
  expect(answer?.findings).toHaveLength(1);
  if (answer === undefined) return;
  const made = await recordCase(answer, 0, { ...options, store, engine, mask: ["DeviceName"] });
  expect(made).toMatchObject({ rule: "1525a733-192f-41f2-96ba-d3f631ca00d0", now: "2026-11-24T00:00:00.0000000Z" });
  if ("fault" in made) return;
  const events = made.events.get("DeviceLogonEvents") ?? [];
  expect(events.map((event) => event.ActionType)).toEqual(["LogonFailed", "LogonFailed"]);
  const text = testFileText([made]);
  expect(text).not.toContain("pc1");
  const { cases, problems } = await parseTests(text, "a.test.yaml");
  expect(problems).toEqual([]);
  const planned = cases.map((item) => ({ test: item, rule: answer?.rule ?? { fault: "" }, exclusions: [] }));
  const results = await runTests(planned, { ...options, engines: [engine] });
  expect(results.map(({ outcome }) => outcome)).toEqual(["passed"]);
});

test("a mask over what the rule looks for is refused", async () => {
  if (answer === undefined) return;
  const made = await recordCase(answer, 0, { ...options, store, engine, mask: ["ActionType"] });
  expect(made).toEqual({ fault: expect.stringContaining("with ActionType masked the rule doesn't find it any more") });
});
