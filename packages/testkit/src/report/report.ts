import { type Verdict, type VerdictKind, verdict } from "../conformance/verdict.ts";
import { gapCovers, gapKinds, type KnownGap } from "./gap.ts";

/** One query, held against its expectation. */
export interface Judgement {
  readonly id: string;
  /** What the figures are added up by: a record's source, a case's area. */
  readonly group: string;
  readonly query: string;
  readonly verdict: Verdict;
}

export interface ReportRow {
  readonly group: string;
  readonly counts: { readonly [K in VerdictKind]: number };
  /** How many of the refused and the wrong are accounted for. */
  readonly knownGaps: number;
}

export interface Failure extends Judgement {
  readonly problem: string;
}

export interface Report {
  readonly rows: readonly ReportRow[];
  readonly total: ReportRow;
  /** Refused, wrong and broken queries that no gap accounts for, and gaps that have closed. */
  readonly failures: readonly Failure[];
  /** Gaps that no judged query falls under. */
  readonly unusedGaps: readonly KnownGap[];
}

/** Adds up verdicts by group and sets the known gaps against them. */
export function reportOn(judgements: readonly Judgement[], gaps: readonly KnownGap[]): Report {
  const known = gapIndex(gaps);
  const groups = [...new Set(judgements.map(({ group }) => group))];
  const rows = groups.map((group) =>
    rowOf(
      group,
      judgements.filter((one) => one.group === group),
      known,
    ),
  );
  return {
    rows,
    total: rowOf("total", judgements, known),
    failures: judgements.flatMap((one) => failureOf(one, known(one.id))),
    unusedGaps: gaps.filter((gap) => !judgements.some(({ id }) => gapCovers(gap, id))),
  };
}

type FindGap = (id: string) => KnownGap | undefined;

/** The most exact gap wins: a whole id before a prefix, a long prefix before a short one. */
function gapIndex(gaps: readonly KnownGap[]): FindGap {
  const byId = new Map(gaps.map((gap) => [gap.id, gap]));
  const prefixes = gaps.filter(({ id }) => id.endsWith("*")).sort((a, b) => b.id.length - a.id.length);
  return (id) => byId.get(id) ?? prefixes.find((gap) => gapCovers(gap, id));
}

function rowOf(group: string, judgements: readonly Judgement[], known: FindGap): ReportRow {
  const count = (kind: VerdictKind): number => judgements.filter(({ verdict }) => verdict.kind === kind).length;
  return {
    group,
    counts: {
      pass: count("pass"),
      refused: count("refused"),
      wrong: count("wrong"),
      error: count("error"),
      lenient: count("lenient"),
      skip: count("skip"),
    },
    knownGaps: judgements.filter((one) => accountsFor(known(one.id), one.verdict)).length,
  };
}

function accountsFor(gap: KnownGap | undefined, { kind }: Verdict): boolean {
  return gap !== undefined && gapKinds[gap.kind] === kind;
}

function failureOf(judgement: Judgement, gap: KnownGap | undefined): readonly Failure[] {
  const problem = problemOf(judgement.verdict, gap);
  return problem === undefined ? [] : [{ ...judgement, problem }];
}

function problemOf(found: Verdict, gap: KnownGap | undefined): string | undefined {
  if (found.kind === "skip" || found.kind === "lenient") return undefined;
  if (found.kind === "pass") return closed(gap);
  if (accountsFor(gap, found)) return undefined;
  const problem = `${found.kind}: ${found.note}`;
  return gap === undefined ? problem : `${problem} (the gap '${gap.id}' is known as '${gap.kind}')`;
}

/** A tie may fall either way, so falling Kusto's way closes nothing. */
function closed(gap: KnownGap | undefined): string | undefined {
  if (gap === undefined || gap.kind === "tie") return undefined;
  return gap.id.endsWith("*") ? `gap closed: narrow '${gap.id}'` : `gap closed: remove '${gap.id}'`;
}

/** A judgement of a query that was not put to the engine. */
export function skipped(id: string, group: string, query: string, note: string): Judgement {
  return { id, group, query, verdict: verdict("skip", note) };
}
