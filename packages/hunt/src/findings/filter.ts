import type { FindingFacts } from "./export/facts.ts";
import type { FindingVerdict, Presence, Status } from "./record.ts";

/** Which findings somebody wants to see; what is not said is not asked. */
export interface FindingsFilter {
  /** The rule's id, or a part of its name. */
  readonly rule?: string;
  readonly presence?: Presence;
  readonly status?: Status;
  readonly verdict?: FindingVerdict;
  /** A part of the name of one of its entities. */
  readonly entity?: string;
  /** `T1059` stands for its sub-techniques, too. */
  readonly technique?: string;
  readonly assignee?: string;
  readonly tags?: readonly string[];
  /** Kusto's datetime text: seen then or later. */
  readonly since?: string;
  /** Those that exclusions hide, too. */
  readonly suppressed?: boolean;
}

/** Whether a finding is one of those. */
export function isWanted(filter: FindingsFilter): (finding: FindingFacts) => boolean {
  const { presence, status, verdict, assignee, since, tags = [] } = filter;
  const rule = filter.rule?.toLowerCase();
  const entity = filter.entity?.toLowerCase();
  const technique = filter.technique?.toUpperCase();
  return (finding) =>
    (filter.suppressed === true || finding.latest.suppressedBy.length === 0) &&
    (rule === undefined || finding.rule.id === filter.rule || finding.rule.name.toLowerCase().includes(rule)) &&
    (presence === undefined || finding.presence === presence) &&
    (status === undefined || finding.status === status) &&
    (verdict === undefined || finding.verdict === verdict) &&
    (entity === undefined || namesOf(finding).some((name) => name.toLowerCase().includes(entity))) &&
    (technique === undefined ||
      finding.rule.techniques.some((id) => id === technique || id.startsWith(`${technique}.`))) &&
    (assignee === undefined || finding.assignee === assignee) &&
    tags.every((tag) => finding.tags.includes(tag)) &&
    (since === undefined || (finding.lastSeen !== null && finding.lastSeen >= since));
}

function namesOf({ entity, latest }: FindingFacts): readonly string[] {
  return [entity, ...(latest.entities ?? []).map(({ value }) => value)];
}
