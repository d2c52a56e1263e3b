import { shown } from "../../rules/text/shown.ts";
import { durationTicks } from "../../schedule/duration.ts";
import { keyStretch, problem, type RuleCheck, type RuleContext } from "../context.ts";
import { stretchOf } from "../places.ts";
import type { CheckProblem } from "../problem.ts";
import { DAY, durationText, HOUR, MINUTE } from "./duration.ts";

const MOST_CHARACTERS = 10_000;

/** What a schedule can't do, by Sentinel's documentation, and what a query asks of it. */
export const schedule: RuleCheck = (context) => {
  const { kind } = context.rule;
  if (kind === "scheduled") return [...limits(context), ...lookBack(context), ...length(context)];
  if (kind === "custom-detection") return lookBack(context);
  return kind === "nrt" ? length(context) : [];
};

function limits(context: RuleContext): readonly CheckProblem[] {
  const { queryFrequency, queryPeriod } = context.rule;
  const lacking = [
    ...(queryFrequency === undefined ? ["queryFrequency"] : []),
    ...(queryPeriod === undefined ? ["queryPeriod"] : []),
  ];
  if (queryFrequency === undefined || queryPeriod === undefined) {
    const message = `The scheduled rule has no ${lacking.join(" and no ")}.`;
    return [
      problem(context, "missing-schedule", keyStretch(context, lacking[0] ?? "kind"), {
        message,
        next: "Say how often it runs and how far back it looks.",
      }),
    ];
  }
  // Durations that are no time at all or longer than any Kusto knows have no ticks.
  const frequency = durationTicks(queryFrequency) ?? 0n;
  const period = durationTicks(queryPeriod) ?? 0n;
  const found: CheckProblem[] = [];
  const limit = (key: string, message: string): void => {
    found.push(problem(context, "schedule-limit", keyStretch(context, key), { message }));
  };
  if (frequency < 5n * MINUTE || frequency > 14n * DAY)
    limit("queryFrequency", `The frequency ${shown(queryFrequency)} lies outside of 5m to 14d.`);
  if (period < 5n * MINUTE || period > 14n * DAY)
    limit("queryPeriod", `The period ${shown(queryPeriod)} lies outside of 5m to 14d.`);
  if (period >= 2n * DAY && frequency > 0n && frequency < HOUR)
    limit(
      "queryFrequency",
      `A rule that looks back 2d or more may run once an hour at most, not every ${shown(queryFrequency)}.`,
    );
  if (period > 0n && period < frequency) {
    const message = `It runs every ${durationText(frequency)} and looks back ${durationText(period)}: what happens in between is never seen.`;
    found.push(
      problem(context, "period-below-frequency", keyStretch(context, "queryPeriod"), {
        message,
        next: "Make the period as long as the frequency.",
      }),
    );
  }
  return found;
}

/** The service cuts what the query reads to the period, whatever the query asks for. */
function lookBack(context: RuleContext): readonly CheckProblem[] {
  const { rule, query, now } = context;
  const period = durationTicks(rule.queryPeriod ?? "");
  const [farthest] = (query?.windows ?? [])
    .flatMap((window) => (window.earliest === undefined ? [] : [{ ...window, back: now - window.earliest }]))
    .sort((a, b) => (a.back > b.back ? -1 : 1));
  if (period === undefined || farthest === undefined || farthest.back <= period) return [];
  const message = `The query looks back ${durationText(farthest.back)} into ${farthest.table}, but the rule only ${durationText(period)}.`;
  const place =
    rule.keys.queryPeriod === undefined ? stretchOf(rule, farthest.origin) : keyStretch(context, "queryPeriod");
  return [
    problem(context, "period-below-look-back", place, {
      message,
      next: `Set queryPeriod to ${durationText(farthest.back)}, or look back less far.`,
    }),
  ];
}

function length(context: RuleContext): readonly CheckProblem[] {
  const { query } = context.rule;
  if (query.length <= MOST_CHARACTERS) return [];
  const message = `The query has ${query.length} characters; an analytics rule's may have ${MOST_CHARACTERS}.`;
  return [
    problem(context, "query-too-long", keyStretch(context, "query"), {
      message,
      next: "Move lists of values into a watchlist, or parts into a function.",
    }),
  ];
}
