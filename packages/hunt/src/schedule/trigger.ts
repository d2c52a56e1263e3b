import type { Rule } from "../rules/rule.ts";
import { durationTicks } from "./duration.ts";

/** Whether a rule with so many rows raises an alert: more than none, unless it says otherwise. */
export function triggers({ triggerOperator, triggerThreshold }: Rule, rows: number): boolean {
  const threshold = triggerThreshold ?? 0;
  switch (triggerOperator ?? "GreaterThan") {
    case "GreaterThan":
      return rows > threshold;
    case "LessThan":
      return rows < threshold;
    case "Equal":
      return rows === threshold;
    case "NotEqual":
      return rows !== threshold;
  }
}

/** Alerts of one run that triggers: one, or one for each row where the rule groups events so. */
export function alertsOf(rule: Rule, rows: number): number {
  const settings = rule.eventGroupingSettings;
  const kind = isMap(settings) ? settings.aggregationKind : undefined;
  return typeof kind === "string" && kind.toLowerCase() === "alertperresult" ? rows : 1;
}

/** For how long a rule keeps still after an alert, in ticks; 0 where it does not. */
export function suppressionOf({ suppressionEnabled, suppressionDuration }: Rule): bigint {
  if (suppressionEnabled !== true || suppressionDuration === undefined) return 0n;
  return durationTicks(suppressionDuration) ?? 0n;
}

function isMap(value: Rule["eventGroupingSettings"]): value is { readonly [key: string]: NonNullable<typeof value> } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
