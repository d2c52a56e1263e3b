import { type FindingFacts, statuses, verdicts } from "@goshawk/hunt";
import { formatDatetime, parseDatetime } from "@goshawk/kql/values";
import { UsageError } from "../exit.ts";

export interface FindingsFilter {
  readonly rule?: string;
  readonly presence?: string;
  readonly status?: string;
  readonly verdict?: string;
  readonly entity?: string;
  readonly technique?: string;
  readonly assignee?: string;
  readonly tag?: readonly string[];
  readonly since?: string;
  readonly suppressed?: boolean;
}

const presences = ["new", "still", "returning", "gone"] as const;

/** Whether a finding is one of those asked for; a word that no finding can have is an error, not an empty answer. */
export function findingsFilter(options: FindingsFilter): (finding: FindingFacts) => boolean {
  oneOf("--presence", options.presence, presences);
  oneOf("--status", options.status, statuses);
  oneOf("--verdict", options.verdict, verdicts);
  const since = options.since === undefined ? undefined : timeOf(options.since);
  const rule = options.rule?.toLowerCase();
  const entity = options.entity?.toLowerCase();
  const technique = options.technique?.toUpperCase();
  return (finding) =>
    (options.suppressed === true || finding.latest.suppressedBy.length === 0) &&
    (rule === undefined || finding.rule.id === options.rule || finding.rule.name.toLowerCase().includes(rule)) &&
    (options.presence === undefined || finding.presence === options.presence) &&
    (options.status === undefined || finding.status === options.status) &&
    (options.verdict === undefined || finding.verdict === options.verdict) &&
    (entity === undefined || namesOf(finding).some((name) => name.toLowerCase().includes(entity))) &&
    (technique === undefined ||
      finding.rule.techniques.some((id) => id === technique || id.startsWith(`${technique}.`))) &&
    (options.assignee === undefined || finding.assignee === options.assignee) &&
    (options.tag ?? []).every((tag) => finding.tags.includes(tag)) &&
    (since === undefined || (finding.lastSeen !== null && finding.lastSeen >= since));
}

function namesOf({ entity, latest }: FindingFacts): readonly string[] {
  return [entity, ...(latest.entities ?? []).map(({ value }) => value)];
}

function timeOf(text: string): string {
  const ticks = parseDatetime(text);
  if (ticks === undefined) throw new UsageError(`--since '${text}' is no datetime; expected one such as 2026-10-31`);
  return formatDatetime(ticks);
}

/** An option's word, which must be one of those known. */
export function oneOf<T extends string>(option: string, text: string | undefined, known: readonly T[]): T | undefined {
  if (text === undefined) return undefined;
  const found = known.find((value) => value === text);
  if (found === undefined) throw new UsageError(`${option} '${text}' is none of ${known.join(", ")}`);
  return found;
}
