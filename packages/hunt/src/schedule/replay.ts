import type { QueryRequest } from "@goshawk/engine";
import { formatTimespan, nameReferences } from "@goshawk/kql";
import type { Exclusion } from "../exclusions/exclusion.ts";
import { type EventTime, evidenceLets, hidingStep } from "../exclusions/narrowing.ts";
import type { Unreached } from "../hunts/unreached.ts";
import type { Rule } from "../rules/rule.ts";

/** What a schedule lets the runs of a rule see. */
export interface ReplayWindow {
  /** The tables that hold rows and may be read. */
  readonly tables: readonly string[];
  /** How far back the schedule lets a run look, in ticks; undefined for a hunting query, which says so itself. */
  readonly period: bigint | undefined;
  readonly eventTime: EventTime;
}

/**
 * A rule as it would have run at a moment: no later event is there, however the query reaches it, and none from before
 * the period of its schedule. Evidence of exclusions is older than that: beside it, the rule's tables are held to the
 * period by name.
 */
export function replayRequest(
  rule: Rule,
  exclusions: readonly Exclusion[],
  at: bigint,
  { tables, period, eventTime }: ReplayWindow,
): Pick<QueryRequest, "text" | "scope"> {
  const older = exclusions.some(({ evidence }) => evidence !== undefined);
  const cut = period !== undefined && !older ? { from: at - period + 1n } : {};
  const past = (table: string): string =>
    isScoped(eventTime(table)) ? table : `${table}\n| where ${eventTime(table)} <= now()`;
  const since = (table: string): string =>
    period === undefined || (!older && isScoped(eventTime(table)))
      ? ""
      : `\n| where ${eventTime(table)} > ago(time(${formatTimespan(period)}))`;
  const lets = tables
    .filter((table) => names(rule, table))
    .map((table) => {
      const steps = exclusions.flatMap((exclusion, index) =>
        exclusion.table === table ? [`\n${hidingStep(exclusion, index)}`] : [],
      );
      const source = `${past(table)}${since(table)}${steps.join("")}`;
      return source === table ? "" : `let ${table} = ${source};\n`;
    });
  return {
    text: `${evidenceLets(exclusions, past, eventTime)}${lets.join("")}${rule.query}`,
    scope: { ...cut, to: at + 1n },
  };
}

/** Tables that a rule reads and whose rows can't be held to the time of a run. */
export async function unheldTables(
  rule: Rule,
  exclusions: readonly Exclusion[],
  at: bigint,
  { tables, period, eventTime }: ReplayWindow,
  unreached: Unreached,
): Promise<readonly string[]> {
  const byName = period !== undefined && exclusions.some(({ evidence }) => evidence !== undefined);
  const some = byName ? tables : tables.filter((table) => !isScoped(eventTime(table)));
  return some.length === 0 ? [] : unreached(rule, some, { now: at });
}

/** The columns of event times that hold every reading of a table to a scope. */
function isScoped(eventTime: string): boolean {
  return eventTime === "Timestamp" || eventTime === "TimeGenerated";
}

function names({ query }: Rule, table: string): boolean {
  return query.includes(table) && nameReferences(query, table).length > 0;
}
