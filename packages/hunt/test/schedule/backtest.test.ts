import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Backend, startWorkerBackend } from "@goshawk/engine";
import { parseDatetime } from "@goshawk/kql";
import { openStore, schemasModule } from "@goshawk/store";
import { ingest } from "@goshawk/store/ingest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Backtest,
  type BacktestOptions,
  backtest,
  durationTicks,
  type Exclusion,
  loadRules,
  type Rule,
  triggers,
} from "../../src/index.ts";

const HOUR = 36_000_000_000n;
const at = (text: string): bigint => parseDatetime(text) ?? 0n;

let folder = "";
let backend: Backend;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-backtest-"));
  const store = await openStore(join(folder, "store"));
  const path = join(folder, "events.jsonl");
  const rows = ["01:30", "01:40", "04:30"].map((time, index) => ({
    TimeGenerated: `2026-03-01T${time}:00Z`,
    Computer: index === 1 ? "b" : "a",
    EventID: 1,
  }));
  await writeFile(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  await ingest([path], { store, table: "SecurityEvent" });
  const alerts = join(folder, "alerts.jsonl");
  const told = ["01:20", "05:50"].map((time) => ({
    TimeGenerated: `2026-03-01T${time}:00Z`,
    Computer: time === "01:20" ? "a" : "b",
    AlertName: "x",
  }));
  await writeFile(alerts, told.map((row) => `${JSON.stringify(row)}\n`).join(""));
  await ingest([alerts], { store, table: "SecurityAlert" });
  const { tables } = await store.snapshot();
  backend = startWorkerBackend({ tables, schemas: schemasModule, folders: [store.folder], threads: 1 });
});
afterAll(async () => {
  await backend.close();
  await rm(folder, { recursive: true, force: true });
});

function ruleOf(more = ""): Rule {
  const yaml = `id: 5a1c5e5e-0000-4000-a000-000000000001
name: a rule
kind: Scheduled
query: SecurityEvent | where EventID == 1 | summarize Count=count() by Computer
${more}`;
  const [rule] = loadRules(yaml, "rule.yaml").rules;
  return rule ?? expect.fail();
}

const exclusion: Exclusion = {
  id: "one",
  scenario: "a scenario",
  rules: "any",
  table: "SecurityEvent",
  meaning: "drop",
  when: "Computer == 'a'",
  owner: "owner",
  reason: "reason",
  created: "2026-03-01",
  expires: "2026-06-01",
  samples: { hidden: [], survive: [] },
  path: "some.yaml",
  position: { line: 1, column: 1 },
};

async function replay(rule: Rule, more: Partial<BacktestOptions> = {}): Promise<Backtest> {
  const done = await backtest(rule, backend, {
    from: at("2026-03-01T01:00:00Z"),
    to: at("2026-03-01T06:00:00Z"),
    every: HOUR,
    tables: ["SecurityEvent"],
    period: HOUR,
    exclusions: [],
    eventTime: () => "TimeGenerated",
    truePositives: new Set(),
    ...more,
  });
  if ("diagnostics" in done) throw new Error(JSON.stringify(done.diagnostics));
  return done;
}

const evidence = { table: "SecurityAlert", on: ["Computer"], lookback: "1h" };

const rows = ({ alone }: Backtest): readonly number[] => alone.map((run) => run.rows);

describe("a schedule that is replayed", () => {
  test("sees no event of the future, and none from before its period", async () => {
    expect(rows(await replay(ruleOf()))).toEqual([0, 2, 0, 0, 1, 0]);
    expect(rows(await replay(ruleOf(), { period: undefined }))).toEqual([0, 2, 2, 2, 2, 2]);
  });

  test("sees no event of the future behind a wildcard, table() or a function either", async () => {
    for (const source of [
      "union Security*",
      "union SecurityEvent, table('SecurityEvent')",
      "search in (Security*) '*'",
    ]) {
      const query = `${source} | where Type != 'SecurityAlert' | summarize Count=count() by Computer`;
      expect(rows(await replay({ ...ruleOf(), query })), source).toEqual([0, 2, 0, 0, 1, 0]);
    }
  });

  test("alerts by threshold and grouping, and keeps still as long as it is suppressed", async () => {
    const alerts = async (more: string): Promise<readonly number[]> =>
      (await replay(ruleOf(more), { period: 3n * HOUR })).alone.map((run) => run.alerts);
    expect(await alerts("")).toEqual([0, 1, 1, 1, 1, 1]);
    expect(await alerts("triggerOperator: gt\ntriggerThreshold: 1")).toEqual([0, 1, 1, 1, 0, 0]);
    expect(await alerts("eventGroupingSettings:\n  aggregationKind: AlertPerResult")).toEqual([0, 2, 2, 2, 1, 1]);
    expect(await alerts("suppressionEnabled: true\nsuppressionDuration: PT2H")).toEqual([0, 1, 0, 1, 0, 1]);
  });

  test("with exclusions alerts less, and says which true positive it would have missed", async () => {
    const { tuned, hiddenTruth } = await replay(ruleOf(), { exclusions: [exclusion] });
    expect(tuned.map((run) => run.rows)).toEqual([0, 1, 0, 0, 0, 0]);
    expect(hiddenTruth).toEqual([]);
  });

  test("with 'keep' hides nothing where there was no evidence then, whatever was before and came later", async () => {
    const keep: Exclusion = { ...exclusion, meaning: "keep", evidence };
    const { tuned, blind } = await replay(ruleOf(), { exclusions: [keep] });
    expect(tuned.map((run) => run.rows)).toEqual([0, 1, 0, 0, 1, 0]);
    expect(blind.map(({ at: run }) => run)).toEqual(
      ["01", "03", "04", "05"].map((hour) => at(`2026-03-01T${hour}:00:00Z`)),
    );
  });
});

describe("a duration", () => {
  test.each([
    ["PT5M", 5n * 600_000_000n],
    ["P1DT2H", 26n * HOUR],
    ["P1W", 168n * HOUR],
    ["1h", HOUR],
    ["1.00:00:00", 24n * HOUR],
    ["P", undefined],
    ["PT", undefined],
    ["P5H", undefined],
    ["PT0S", undefined],
    ["soon", undefined],
  ])("%s is as long as its standard says", (text, ticks) => {
    expect(durationTicks(text)).toBe(ticks);
  });

  test("and a threshold compares as its operator says", () => {
    const rule = (more: string): Rule => ruleOf(more);
    expect(triggers(rule("triggerOperator: lt\ntriggerThreshold: 1"), 0)).toBe(true);
    expect(triggers(rule("triggerOperator: eq\ntriggerThreshold: 2"), 1)).toBe(false);
    expect(triggers(rule("triggerOperator: ne\ntriggerThreshold: 2"), 1)).toBe(true);
  });
});
