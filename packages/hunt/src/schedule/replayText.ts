import { formatTimespan } from "@goshawk/kql";
import type { Exclusion } from "../exclusions/exclusion.ts";
import { type EventTime, evidenceLets, hidingStep } from "../exclusions/narrowing.ts";
import type { Rule } from "../rules/rule.ts";

export interface ReplayWindow {
  /** The tables that the rule reads and that hold rows. */
  readonly tables: readonly string[];
  /** How far back the schedule lets a run look, in ticks; undefined for a hunting query, which says so itself. */
  readonly period: bigint | undefined;
}

/** A rule as it would have run at `now()`: no later event is there, and none from before the period of its schedule. */
export function replayText(
  rule: Rule,
  exclusions: readonly Exclusion[],
  { tables, period }: ReplayWindow,
  eventTime: EventTime,
): string {
  const past = (table: string): string => `${table}\n| where ${eventTime(table)} <= now()`;
  const since = (table: string): string =>
    period === undefined ? "" : `\n| where ${eventTime(table)} > ago(time(${formatTimespan(period)}))`;
  const lets = [...new Set([...tables, ...exclusions.map(({ table }) => table)])].map((table) => {
    const steps = exclusions.flatMap((exclusion, index) =>
      exclusion.table === table ? [`\n${hidingStep(exclusion, index)}`] : [],
    );
    return `let ${table} = ${past(table)}${since(table)}${steps.join("")};\n`;
  });
  return `${evidenceLets(exclusions, past, eventTime)}${lets.join("")}${rule.query}`;
}
