import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  appendEntries,
  foldJournal,
  type JournalEntry,
  type RunEntry,
  readJournal,
  type Sighting,
} from "../../src/index.ts";

function sighting(id: string, day: string): Sighting {
  const time = `2026-03-${day}T00:00:00.0000000Z`;
  return { id, entity: id, first: time, last: time, rows: 1, count: null, evidence: [], suppressedBy: [] };
}

function run(seen: readonly Sighting[], more: Partial<RunEntry> = {}): RunEntry {
  const rule = { id: "r", name: "rule", techniques: [] };
  return { kind: "run", at: "2026-03-01T00:00:00Z", by: "me", rule, now: "", looked: "runs", seen, ...more };
}

const presences = (entries: readonly JournalEntry[]): Readonly<Record<string, string>> =>
  Object.fromEntries(foldJournal(entries).map(({ id, presence }) => [id, presence]));

describe("findings over runs", () => {
  test("are new, still there, gone, and returning", () => {
    const runs = [run([sighting("a", "01"), sighting("b", "01")]), run([sighting("a", "02"), sighting("c", "02")])];
    expect(presences(runs)).toEqual({ a: "still", b: "gone", c: "new" });
    expect(presences([...runs, run([sighting("b", "03")])])).toEqual({ a: "gone", b: "returning", c: "gone" });
    expect(presences([...runs, run([sighting("b", "03")]), run([sighting("b", "04")])])).toMatchObject({ b: "still" });
  });

  test("are not gone because a run took only some of the rows", () => {
    const [all, some] = [run([sighting("a", "01"), sighting("b", "01")]), run([sighting("a", "02")])];
    expect(presences([all, some])).toEqual({ a: "still", b: "gone" });
    expect(presences([all, { ...some, more: true }])).toEqual({ a: "still", b: "new" });
    expect(presences([all, { ...some, more: true }, run([sighting("b", "03")])])).toEqual({ a: "gone", b: "still" });
  });

  test("are not gone because a rule could not look, nor because another rule ran", () => {
    const seen = run([sighting("a", "01")]);
    expect(presences([seen, run([], { looked: "can't" })])).toEqual({ a: "new" });
    expect(presences([seen, run([], { rule: { id: "other", name: "", techniques: [] } })])).toEqual({ a: "new" });
    expect(presences([seen, run([])])).toEqual({ a: "gone" });
  });

  test("were first and last seen when their events were, whatever the order of the runs", () => {
    const [record] = foldJournal([run([sighting("a", "05")]), run([sighting("a", "02")])]);
    expect([record?.firstSeen?.slice(0, 10), record?.lastSeen?.slice(0, 10), record?.runs]).toEqual([
      "2026-03-02",
      "2026-03-05",
      2,
    ]);
  });

  test("keep what was said of them, and a later word wins", () => {
    const say = (more: object): JournalEntry => ({
      kind: "decision",
      at: "t",
      by: "me",
      ids: ["a", "nobody"],
      ...more,
    });
    const [record] = foldJournal([
      run([sighting("a", "01")]),
      say({ verdict: "benign", comment: "ours" }),
      say({ verdict: "true-positive", status: "closed", comment: "was not" }),
      run([sighting("a", "02")]),
    ]);
    expect(record).toMatchObject({ verdict: "true-positive", status: "closed" });
    expect(record?.comments.map(({ text }) => text)).toEqual(["ours", "was not"]);
  });
});

describe("the journal", () => {
  const folders: string[] = [];
  const fresh = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), "goshawk-findings-"));
    folders.push(folder);
    return folder;
  };
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

  test("keeps every line of many writers at once", async () => {
    const folder = await fresh();
    const writers = Array.from({ length: 40 }, (_, index) =>
      appendEntries(folder, [run([sighting(`a${index}`, "01")]), run([sighting(`b${index}`, "01")])]),
    );
    await Promise.all(writers);
    const { entries, broken } = await readJournal(folder);
    expect([entries.length, broken.length]).toEqual([80, 0]);
  });

  test("that was cut in the middle of a line loses that line and no other, before or after", async () => {
    const folder = await fresh();
    await appendEntries(folder, [run([sighting("a", "01")])]);
    await appendFile(join(folder, "findings.ndjson"), '{"version":1,"kind":"run","see');
    await appendEntries(folder, [run([sighting("b", "01")])]);
    const { entries, broken } = await readJournal(folder);
    expect(foldJournal(entries).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(broken).toHaveLength(1);
    expect(await readFile(join(folder, "findings.ndjson"), "utf8")).toContain('"see\n');
  });

  test("of a store that was never hunted in is empty", async () => {
    expect(await readJournal(join(await fresh(), "nowhere"))).toEqual({ entries: [], broken: [] });
  });
});
