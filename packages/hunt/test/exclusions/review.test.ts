import { describe, expect, test } from "vitest";
import { contentOf } from "../../src/findings/scheduledRun.ts";
import { type Exclusion, type HuntEntry, type JournalEntry, type RunEntry, reviewExclusions } from "../../src/index.ts";

const exclusion: Exclusion = {
  id: "one",
  scenario: "a scenario",
  rules: "any",
  table: "T",
  meaning: "drop",
  when: "A == 'x'",
  owner: "owner",
  reason: "reason",
  created: "2026-01-01",
  expires: "2026-12-31",
  samples: { hidden: [], survive: [] },
  path: "some.yaml",
  position: { line: 1, column: 1 },
};

function hunt(day: string, hides: number, more: { readonly when?: string; readonly broken?: string } = {}): HuntEntry {
  const { id, scenario, table, owner, reason, created, expires, path } = exclusion;
  const { when = exclusion.when, broken } = more;
  const effect = {
    rule: "r",
    of: 50,
    hides,
    hidesAlone: hides,
    weakens: 0,
    ...(broken === undefined ? {} : { broken }),
  };
  return {
    kind: "hunt",
    id: day,
    at: `${day}T10:00:00.000Z`,
    by: "me",
    title: "",
    hypotheses: [],
    rules: [],
    tables: [],
    exclusions: [
      {
        id,
        scenario,
        table,
        owner,
        reason,
        created,
        expires,
        path,
        when,
        meaning: "drop",
        state: "active",
        effects: [effect],
      },
    ],
  };
}

const kinds = (
  hunts: readonly JournalEntry[],
  more: Partial<Exclusion> = {},
  today = "2026-06-01",
): readonly string[] =>
  reviewExclusions([{ ...exclusion, ...more }], hunts, { today, staleDays: 30, drift: 3 }).flatMap(({ notes }) =>
    notes.map(({ kind }) => kind),
  );

describe("the review of exclusions", () => {
  test("has nothing to say of one that hides about as much as ever", () => {
    expect(kinds([hunt("2026-05-01", 4), hunt("2026-05-30", 5)])).toEqual([]);
  });

  test("calls stale what was applied and hid nothing, and untried what no hunt has applied", () => {
    expect(kinds([hunt("2026-04-01", 4), hunt("2026-05-30", 0)])).toEqual(["stale"]);
    expect(kinds([hunt("2026-05-10", 4), hunt("2026-05-30", 0)])).toEqual([]);
    expect(kinds([hunt("2026-04-01", 4)])).toEqual(["untried"]);
    expect(kinds([], { created: "2026-05-20" })).toEqual([]);
  });

  test("calls drifting what hides far more than the median before, not one or two more", () => {
    const usual = [hunt("2026-05-28", 2), hunt("2026-05-29", 90), hunt("2026-05-30", 2)];
    expect(kinds([...usual, hunt("2026-05-31", 40)])).toEqual(["drifting"]);
    expect(kinds([hunt("2026-05-30", 0), hunt("2026-05-31", 2)])).toEqual([]);
    expect(kinds([hunt("2026-05-31", 40)])).toEqual([]);
  });

  test("tells what is expired from what soon will be, and asks nothing of the past of either draft or expired", () => {
    expect(kinds([], { expires: "2026-06-01" })).toEqual(["expired"]);
    expect(kinds([hunt("2026-05-30", 5)], { expires: "2026-06-09" })).toEqual(["expiring"]);
    const { meaning: _, ...draft } = exclusion;
    expect(
      reviewExclusions([draft], [], { today: "2026-06-01", staleDays: 30, drift: 3 })[0]?.notes.map(({ kind }) => kind),
    ).toEqual(["draft"]);
  });

  test("counts no run of what it was before somebody changed its condition", () => {
    expect(kinds([hunt("2026-05-01", 1, { when: "A == 'y'" }), hunt("2026-05-31", 40)])).toEqual([]);
  });

  test("counts the runs of a schedule, each rule by itself", () => {
    const content = contentOf({ table: "T", meaning: "drop", when: "A == 'x'" });
    const run = (day: string, rule: string, hides: number): RunEntry => ({
      kind: "run",
      at: `${day}T11:00:00.000Z`,
      by: "me",
      rule: { id: rule, name: rule, techniques: [] },
      now: "",
      looked: "runs",
      seen: [],
      scheduled: { tactics: [], exclusions: [{ id: "one", content, hides, weakens: 0 }] },
    });
    expect(kinds([run("2026-05-30", "r", 3)])).toEqual([]);
    expect(kinds([run("2026-05-28", "r", 2), run("2026-05-29", "r", 2), run("2026-05-30", "other", 40)])).toEqual([]);
    expect(kinds([run("2026-05-28", "r", 2), run("2026-05-29", "r", 2), run("2026-05-30", "r", 40)])).toEqual([
      "drifting",
    ]);
  });

  test("counts no run with other evidence", () => {
    const evidence = { table: "E", on: ["K"], lookback: "5d" };
    expect(kinds([hunt("2026-05-30", 4)], { evidence })).toEqual(["untried"]);
  });

  test("says that the last hunt refused it", () => {
    expect(kinds([hunt("2026-05-30", 3), hunt("2026-05-31", 0, { broken: "It hides a true positive." })])).toEqual([
      "broken",
    ]);
  });
});
