import { formatDatetime } from "@goshawk/kql";
import { type Exclusion, stateOf, tunes } from "../exclusions/exclusion.ts";
import type { TableCoverage } from "../hunts/coverage.ts";
import { countFindings } from "../hunts/finding.ts";
import type { RuleAnswer, RuleOutcome, Tuning } from "../hunts/runHunt.ts";
import type {
  ExclusionEffect,
  HuntEntry,
  HuntedExclusion,
  HuntedRule,
  HuntedTable,
  UnappliedExclusion,
} from "./huntEntry.ts";
import { queryDigestOf } from "./queryDigest.ts";
import { evidenceText } from "./scheduledRun.ts";

/** What a journal says of a hunt beside its findings. */
export interface HuntSetting {
  readonly id: string;
  readonly at: string;
  readonly by: string;
  readonly title: string;
  readonly hypotheses: readonly string[];
  readonly exclusions: readonly Exclusion[];
  /** The day on which exclusions expire or not, as `2026-11-24`. */
  readonly today: string;
  /** The text that the journal holds already for a rule. */
  readonly knownQuery: (ruleId: string) => string | undefined;
}

/** A hunt as the journal keeps it. */
export function huntEntryOf(outcomes: readonly RuleOutcome[], setting: HuntSetting): HuntEntry {
  const { id, at, by, title, hypotheses } = setting;
  const tables = new Map<string, HuntedTable>();
  for (const outcome of outcomes)
    if ("coverage" in outcome)
      for (const table of [...outcome.coverage.searched, ...outcome.coverage.tooOld])
        tables.set(table.name, hunted(table));
  return {
    kind: "hunt",
    id,
    at,
    by,
    title,
    hypotheses,
    rules: outcomes.map((outcome) => ruleOf(outcome, setting)),
    tables: [...tables.values()],
    exclusions: setting.exclusions.map((exclusion) => exclusionOf(exclusion, outcomes, setting.today)),
  };
}

function hunted({ name, rows, firstEvent, lastEvent }: TableCoverage): HuntedTable {
  const text = (ticks: bigint | null): string | null => (ticks === null ? null : formatDatetime(ticks));
  return { name, rows, first: text(firstEvent), last: text(lastEvent) };
}

function ruleOf(outcome: RuleOutcome, { knownQuery }: HuntSetting): HuntedRule {
  const { id, name, description, tactics, techniques, query } = outcome.rule;
  const said = {
    id,
    name,
    description,
    tactics,
    techniques,
    outcome: outcome.kind,
    queryDigest: queryDigestOf(query),
    ...(knownQuery(id) === query ? {} : { query }),
  };
  if (!("findings" in outcome)) {
    const reason =
      outcome.kind === "refused" ? outcome.diagnostics.map(({ message }) => message).join(" ") : outcome.message;
    return { ...said, findings: 0, suppressed: 0, searched: [], missing: [], tooOld: [], reason, milliseconds: 0 };
  }
  const { coverage, findings, tuning, now, earliest, milliseconds } = outcome;
  const names = (list: readonly TableCoverage[]): readonly string[] => list.map((table) => table.name);
  return {
    ...said,
    findings: countFindings(findings),
    suppressed: countFindings((tuning?.suppressed ?? []).map(({ finding }) => finding)),
    searched: names(coverage.searched),
    missing: coverage.missing,
    tooOld: names(coverage.tooOld),
    now: formatDatetime(now),
    ...(earliest === undefined ? {} : { earliest: formatDatetime(earliest) }),
    milliseconds: Math.round(milliseconds),
  };
}

function exclusionOf(exclusion: Exclusion, outcomes: readonly RuleOutcome[], today: string): HuntedExclusion {
  const { id, scenario, meaning, table, when, owner, reason, ticket, created, expires, path } = exclusion;
  const told = evidenceText(exclusion.evidence);
  const unapplied = outcomes.flatMap((outcome) =>
    "tuning" in outcome && outcome.tuning !== undefined ? unappliedOf(exclusion, outcome, outcome.tuning, today) : [],
  );
  return {
    id,
    scenario,
    state: stateOf(exclusion, today),
    table,
    when,
    owner,
    reason,
    created,
    expires,
    path,
    ...(meaning === undefined ? {} : { meaning }),
    ...(ticket === undefined ? {} : { ticket }),
    ...(told === undefined ? {} : { evidence: told }),
    ...(unapplied.length === 0 ? {} : { unapplied }),
    effects: outcomes.flatMap((outcome) =>
      "tuning" in outcome && outcome.tuning !== undefined
        ? effectOf(id, outcome.rule.id, countFindings(outcome.findings), outcome.tuning)
        : [],
    ),
  };
}

function unappliedOf(
  exclusion: Exclusion,
  { rule, coverage }: RuleAnswer,
  { broken, idle }: Tuning,
  today: string,
): readonly UnappliedExclusion[] {
  const { id } = exclusion;
  if (idle.some((item) => item.exclusion.id === id && item.state === "unreached"))
    return [{ rule: rule.id, why: "unreached" }];
  const { searched, tooOld, missing } = coverage;
  const tables = [...[...searched, ...tooOld].map(({ name }) => name), ...missing];
  const meant = stateOf(exclusion, today) === "active" && tunes(exclusion, rule, tables);
  const others = broken.length > 0 && broken.every((item) => item.exclusion.id !== id);
  return meant && others ? [{ rule: rule.id, why: "beside-broken" }] : [];
}

function effectOf(id: string, rule: string, left: number, tuning: Tuning): readonly ExclusionEffect[] {
  const of = left + countFindings(tuning.suppressed.map(({ finding }) => finding));
  const broken = tuning.broken.find((item) => item.exclusion.id === id);
  if (broken !== undefined)
    return [{ rule, of, hides: 0, hidesAlone: 0, weakens: 0, broken: broken.reasons.join(" ") }];
  const effect = tuning.effects.find((item) => item.exclusion.id === id);
  if (effect === undefined) return [];
  const { hides, hidesAlone, weakens } = effect;
  return [{ rule, of, hides, hidesAlone, weakens }];
}
