import type { DecisionEntry, FindingRecord, JournalEntry, Presence, RunEntry, Sighting } from "./record.ts";

/** A record in the making. */
interface Growing {
  readonly rule: RunEntry["rule"];
  first: string | null;
  last: string | null;
  runs: number;
  latest: Sighting;
  /** The rule's runs that looked: where it was seen first, last, and before that. */
  firstAt: number;
  lastAt: number;
  previousAt: number;
  status: FindingRecord["status"];
  verdict: FindingRecord["verdict"];
  assignee: string;
  tags: readonly string[];
  comments: FindingRecord["comments"];
}

/** Every finding of a journal, in the order in which they were first seen. */
export function foldJournal(entries: readonly JournalEntry[]): readonly FindingRecord[] {
  const growing = new Map<string, Growing>();
  const looks = new Map<string, number>();
  for (const entry of entries) {
    switch (entry.kind) {
      case "decision":
        decide(entry, growing);
        break;
      case "run":
        see(entry, growing, looks);
        break;
      case "hunt":
      case "alert":
        break;
    }
  }
  return [...growing].map(([id, item]) => ({
    id,
    rule: item.rule,
    entity: item.latest.entity,
    presence: presenceOf(item, looks.get(item.rule.id) ?? 0),
    firstSeen: item.first,
    lastSeen: item.last,
    runs: item.runs,
    latest: item.latest,
    status: item.status,
    verdict: item.verdict,
    assignee: item.assignee,
    tags: item.tags,
    comments: item.comments,
  }));
}

function see(run: RunEntry, growing: Map<string, Growing>, looks: Map<string, number>): void {
  // A run that could not look says nothing about what is there, unless it saw something all the same.
  const looked = looks.get(run.rule.id) ?? 0;
  const silent = run.looked === "can't" && run.seen.length === 0;
  // One that saw only some of what is there stands between two looks: nothing is gone because of it.
  const number = looked + (silent ? 0 : run.more === true ? 0.5 : 1);
  looks.set(run.rule.id, Math.floor(number));
  for (const sighting of run.seen) {
    const known = growing.get(sighting.id);
    if (known === undefined) {
      growing.set(sighting.id, {
        rule: run.rule,
        first: sighting.first,
        last: sighting.last,
        runs: 1,
        latest: sighting,
        firstAt: number,
        lastAt: number,
        previousAt: number,
        status: "new",
        verdict: "undecided",
        assignee: "",
        tags: [],
        comments: [],
      });
      continue;
    }
    known.first = earlier(known.first, sighting.first);
    known.last = later(known.last, sighting.last);
    known.runs++;
    known.latest = sighting;
    known.previousAt = known.lastAt;
    known.lastAt = number;
  }
}

function presenceOf({ firstAt, lastAt, previousAt }: Growing, looks: number): Presence {
  if (lastAt < looks) return "gone";
  if (firstAt === lastAt) return "new";
  return previousAt < lastAt - 1 ? "returning" : "still";
}

function decide(entry: DecisionEntry, growing: ReadonlyMap<string, Growing>): void {
  for (const id of entry.ids) {
    const known = growing.get(id);
    if (known === undefined) continue;
    known.status = entry.status ?? (known.status === "new" ? "open" : known.status);
    known.verdict = entry.verdict ?? known.verdict;
    known.assignee = entry.assignee ?? known.assignee;
    const untags = new Set(entry.untags);
    known.tags = [...new Set([...known.tags, ...(entry.tags ?? [])])].filter((tag) => !untags.has(tag));
    if (entry.comment !== undefined)
      known.comments = [...known.comments, { at: entry.at, by: entry.by, text: entry.comment }];
  }
}

/** Kusto's datetime texts sort as their times do. */
function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
