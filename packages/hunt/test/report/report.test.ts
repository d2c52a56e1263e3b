import { describe, expect, test } from "vitest";
import { type HuntEntry, type JournalEntry, type RunEntry, reportOf, reportPage } from "../../src/index.ts";

const HOSTILE = `</title></style><script>alert(1)</script><img src=x onerror="alert('2')">\u202Egnp.exe\u0000`;

function hunt(id: string, text = "A title"): HuntEntry {
  return {
    kind: "hunt",
    id,
    at: "2026-03-10T10:00:00.000Z",
    by: text,
    title: text,
    hypotheses: [text],
    rules: [
      {
        id: "rule",
        name: text,
        description: text,
        tactics: [text],
        techniques: [text],
        outcome: "findings",
        findings: 1,
        suppressed: 0,
        searched: [text],
        missing: [text],
        tooOld: [text],
        now: "2026-03-10T00:00:00.0000000Z",
        milliseconds: 1,
        query: text,
      },
      {
        id: "blind",
        name: text,
        description: text,
        tactics: [],
        techniques: [],
        outcome: "refused",
        findings: 0,
        suppressed: 0,
        searched: [],
        missing: [],
        tooOld: [],
        reason: text,
        milliseconds: 0,
      },
    ],
    tables: [{ name: text, rows: 3, first: "2026-03-01T00:00:00.0000000Z", last: text }],
    exclusions: [
      {
        id: text,
        scenario: text,
        state: "active",
        meaning: "drop",
        table: text,
        when: text,
        evidence: text,
        owner: text,
        reason: text,
        ticket: text,
        created: "2026-03-01",
        expires: text,
        path: text,
        effects: [{ rule: "rule", of: 2, hides: 1, hidesAlone: 0, weakens: 1, broken: text }],
      },
    ],
  };
}

function run(huntId: string, ids: readonly string[], text = "entity", suppressedBy: readonly string[] = []): RunEntry {
  return {
    kind: "run",
    at: "2026-03-10T10:00:00.000Z",
    by: "me",
    hunt: huntId,
    rule: { id: "rule", name: text, techniques: [text] },
    now: "2026-03-10T00:00:00.0000000Z",
    looked: "runs",
    seen: ids.map((id) => ({
      id,
      entity: text,
      entities: [{ type: text, identifier: text, value: `${text}2` }],
      first: "2026-03-09T00:00:00.0000000Z",
      last: "2026-03-09T01:00:00.0000000Z",
      rows: 1,
      count: text,
      evidence: [[text, `${text}3`]],
      suppressedBy,
    })),
  };
}

const decided = { kind: "decision", at: "2026-03-11T10:00:00.000Z", by: "ana", ids: ["a"] } as const;

describe("a report", () => {
  test("holds every hostile value as text, wherever it came from", () => {
    const entry = hunt("h", HOSTILE);
    const entries: readonly JournalEntry[] = [
      entry,
      run("h", ["a"], HOSTILE),
      run("h", ["b"], HOSTILE, [HOSTILE]),
      { ...decided, by: HOSTILE, comment: HOSTILE, assignee: HOSTILE, tags: [HOSTILE], untags: [HOSTILE] },
    ];
    const page = reportPage(reportOf(entries, entry), "2026-03-12T00:00:00.000Z");
    expect(page).not.toMatch(/<script|<img|[\u202e\0]/i);
    expect(page.match(/<\/(title|style)>/g)).toHaveLength(page.match(/<(title|style)>/g)?.length ?? 0);
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).toContain("\\u202egnp.exe\\u0000");
    // No tag of ours has an attribute that a value could have added.
    for (const [tag] of page.matchAll(/<[a-z][^>]*>/g)) expect(tag).not.toMatch(/onerror|alert|src=/);
  });

  test("asks for nothing from outside and runs no script", () => {
    const entry = hunt("h");
    const page = reportPage(reportOf([entry, run("h", ["a"])], entry), "2026-03-12T00:00:00.000Z");
    expect(page).not.toMatch(/https?:|<link|<script|@import|url\(/);
    expect(page).toContain("default-src 'none'");
  });

  test("is of its hunt: what later hunts saw is not in it, what was decided later is", () => {
    const [first, second] = [hunt("one"), hunt("two")];
    const entries = [first, run("one", ["a"]), second, run("two", ["b"]), { ...decided, verdict: "benign" } as const];
    const of = reportOf(entries, first);
    expect(of.findings.map(({ id, presence, verdict }) => [id, presence, verdict])).toEqual([["a", "new", "benign"]]);
    expect(reportOf(entries, second).findings.map(({ id, presence }) => [id, presence])).toEqual([
      ["a", "gone"],
      ["b", "new"],
    ]);
  });

  test("says that a rule could not look before it says that nothing was found", () => {
    const entry = hunt("h");
    const blind = { ...entry, rules: entry.rules.filter((rule) => rule.id === "blind") };
    const page = reportPage(reportOf([blind], blind), "2026-03-12T00:00:00.000Z");
    expect(page).toContain("No rule could look");
    expect(page).not.toContain("nothing that is not explained was found");
  });
});
