import { describe, expect, test } from "vitest";
import {
  type AlertEntry,
  afterAlert,
  alertEntryOf,
  type Finding,
  isAnswered,
  loadRules,
  noPast,
  type RuleAnswer,
  type RulePast,
} from "../../src/index.ts";

const HOUR = 36_000_000_000n;
const coverage: RuleAnswer["coverage"] = { verdict: "runs", searched: [], missing: [], tooOld: [] };

function answer(more: string, ids: readonly string[], looked = coverage): RuleAnswer {
  const yaml = `id: 5a1c5e5e-0000-4000-a000-000000000001\nname: a rule\nkind: Scheduled\nquery: T\n${more}`;
  const [rule] = loadRules(yaml, "rule.yaml").rules;
  const findings = ids.map((id): Finding => {
    return { id, entity: id, entities: [], firstSeen: null, lastSeen: null, count: null, evidence: [] };
  });
  const table = { columns: [], rows: ids.map(() => []), truncated: false };
  const kind = ids.length === 0 ? "clean" : "findings";
  return {
    kind,
    rule: rule ?? expect.fail(),
    findings,
    table,
    coverage: looked,
    warnings: [],
    now: 0n,
    milliseconds: 0,
  };
}

/** What each of the runs alerts of, an hour apart; undefined for no alert. */
function alerts(more: string, runs: readonly (readonly string[])[]): readonly (readonly string[] | undefined)[] {
  let past: RulePast = noPast;
  return runs.map((ids, index) => {
    const entry: AlertEntry = alertEntryOf(answer(more, ids), past, BigInt(index) * HOUR, { at: "", by: "" });
    past = afterAlert(past, entry);
    return entry.triggered === true ? entry.findings : undefined;
  });
}

describe("a scheduled rule", () => {
  test("alerts of each finding once, while there are more results than its threshold", () => {
    expect(alerts("", [[], ["a"], ["a"], ["a", "b"]])).toEqual([undefined, ["a"], undefined, ["b"]]);
    expect(alerts("triggerOperator: gt\ntriggerThreshold: 1", [["a"], ["a", "b"]])).toEqual([undefined, ["a", "b"]]);
  });

  test.each([
    ["lt\ntriggerThreshold: 2", [[], ["a"], ["a"], ["a", "b"]], [[], ["a"], [], undefined]],
    ["eq\ntriggerThreshold: 0", [[], ["a"], []], [[], undefined, []]],
    ["ne\ntriggerThreshold: 1", [[], ["a"], ["a", "b"]], [[], undefined, ["a", "b"]]],
  ])("that watches for too few results (%s) alerts of none, too", (operator, runs, told) => {
    expect(alerts(`triggerOperator: ${operator}`, runs)).toEqual(told);
  });

  test("keeps still after an alert of nothing found as after any other", () => {
    const quiet = "triggerOperator: lt\ntriggerThreshold: 1\nsuppressionEnabled: true\nsuppressionDuration: PT2H";
    expect(alerts(quiet, [[], [], [], []])).toEqual([[], undefined, [], undefined]);
  });

  test("that could not look has not run, unless it watches for silence in a table that is there", () => {
    const old = { name: "T", rows: 1, firstEvent: 0n, lastEvent: 0n };
    const silent = { ...coverage, verdict: "can't" as const, tooOld: [old] };
    const absent = { ...coverage, verdict: "can't" as const, missing: ["T"] };
    const watcher = "triggerOperator: lt\ntriggerThreshold: 1";
    expect([answer("", [], silent), answer("", [], absent), answer(watcher, [], absent)].map(isAnswered)).toEqual([
      false,
      false,
      false,
    ]);
    expect(isAnswered(answer(watcher, [], silent))).toBe(true);
  });
});
