import { refuse } from "../../diagnostics/diagnostic.ts";
import type { Rel } from "../../ir/rel.ts";
import type { Scalar } from "../../ir/scalar.ts";
import { nameOf } from "../../syntax/tree.ts";
import { lookUp } from "../context.ts";
import { argumentsOf } from "../userFunction.ts";
import { type Plugin, type PluginCall, scalarArgument } from "./define.ts";
import { quoted, runTemplate } from "./template.ts";
import { column, dimensions, furtherOf, listOf, run, scalar, scalarsFrom } from "./timeline.ts";

/** The period of the analysis: rows in it, and the start of a row's window. */
function analysed(call: PluginCall, time: string, windows: number): Analysed {
  const scalars = scalarsFrom(call, 2);
  const bounded = scalars.length === windows + 2;
  if (!bounded && scalars.length !== windows)
    return refuse("unsupported-syntax", call.call.span, {
      construct: "This call",
      reason: "start and end of the analysis stand together or not at all",
    });
  const first = bounded ? 4 : 2;
  return {
    rows: bounded ? `T | where ${time} between (start .. end)` : "T",
    bin: (window) => (bounded ? `bin_at(${time}, ${window}, start)` : `bin(${time}, ${window})`),
    bounds: bounded ? { start: scalar(call, 2, "Start"), end: scalar(call, 3, "End") } : {},
    first,
    by: dimensions(call, first + windows),
  };
}

interface Analysed {
  readonly rows: string;
  readonly bin: (window: string) => string;
  readonly bounds: Readonly<Record<string, Scalar>>;
  /** Where the windows stand among the arguments. */
  readonly first: number;
  readonly by: readonly string[];
}

export const activityMetrics: Plugin = {
  name: "activity_metrics",
  summary: "Different ids of each window, new ones, and how many of the window before came back or stayed away.",
  approximate: "windows without rows are left out",
  bind: (call) => {
    const [id, time] = [column(call, 0, "IdColumn"), column(call, 1, "TimelineColumn")];
    const { rows, bin, bounds, first, by } = analysed(call, time, 1);
    const more = furtherOf(by);
    const text = `
      let P = ${rows} | summarize by ${listOf(id, ...by)}, __p = ${bin("window")};
      P
      | join kind=leftouter (P | project ${listOf(id, ...by)}, __p = __p + window, __back = true) on ${id}, __p${more}
      | summarize __n = count(), __kept = countif(__back) by __p${more}
      | join kind=leftouter (P | summarize __before = count() by __p = __p + window${more}) on __p${more}
      | extend __kept_rate = iff(isnull(__before), 1.0, todouble(__kept) / __before)
      | project ${time} = __p${more}, dcount_values = __n, dcount_newvalues = __n - __kept,
          retention_rate = __kept_rate, churn_rate = 1.0 - __kept_rate`;
    return run(call, text, { ...bounds, window: scalar(call, first, "Window") });
  },
};

export const activityEngagement: Plugin = {
  name: "activity_engagement",
  summary: "Different ids of each inner window, beside those of the outer window that ends with it.",
  approximate: "inner windows without rows are left out",
  bind: (call) => {
    const [id, time] = [column(call, 0, "IdColumn"), column(call, 1, "TimelineColumn")];
    const { rows, bin, bounds, first, by } = analysed(call, time, 2);
    const more = furtherOf(by);
    const text = `
      let P = ${rows} | summarize by ${listOf(id, ...by)}, __p = ${bin("inner_window")};
      P
      | summarize __inner = count() by __p${more}
      | join kind=inner (
          P
          | mv-expand __k = range(0, tolong(outer_window / inner_window) - 1, 1) to typeof(long)
          | summarize by ${listOf(id, ...by)}, __p = __p + __k * inner_window
          | summarize __outer = count() by __p${more}
        ) on __p${more}
      | project ${time} = __p${more}, dcount_activities_inner = __inner, dcount_activities_outer = __outer,
          activity_ratio = todouble(__inner) / __outer`;
    return run(call, text, {
      ...bounds,
      inner_window: scalar(call, first, "InnerActivityWindow"),
      outer_window: scalar(call, first + 1, "OuterActivityWindow"),
    });
  },
};

export const newActivityMetrics: Plugin = {
  name: "new_activity_metrics",
  summary: "Of the ids first seen in one window, how many are seen in each window from then on.",
  approximate: "windows in which no id is new begin no rows",
  bind: (call) => {
    const [id, time] = [column(call, 0, "IdColumn"), column(call, 1, "TimelineColumn")];
    const { cohort, by, lookback } = cohortOf(call);
    const more = furtherOf(by);
    const keys = listOf(id, ...by);
    const name = (prefix: string): string => quoted(`${prefix}_${nameOf(argumentsOf(call.call)[1] ?? call.call)}`);
    const text = `
      let P = T | where ${time} between (start .. end) | summarize by ${keys}, __p = bin_at(${time}, window, start);
      let F = P | summarize __f = min(__p) by ${keys}
        ${lookback === undefined ? "" : `| join kind=leftanti (L | project seen_before = ${id}) on $left.${id} == $right.seen_before`};
      let S = P | join kind=inner F on ${keys} | summarize __seen = count() by __f, __p${more};
      S
      | where __f == __p ${cohort === undefined ? "" : "and __f == bin_at(cohort, window, start)"}
      | project __f${more}, __size = __seen
      | mv-expand __p = range(__f, end, window) to typeof(${timelineType(call)})
      | join kind=leftouter (S | project __first = __f, __p${more}, __seen) on __p${more}
      | summarize __kept = sumif(__seen, __first == __f), __new = sumif(__seen, __first > __f) by __f, __p${more}, __size
      | project ${name("from")} = __f, ${name("to")} = __p${more},
          dcount_new_values = coalesce(__new, 0) + iff(__f == __p, __size, 0),
          dcount_retained_values = coalesce(__kept, 0), dcount_churn_values = __size - coalesce(__kept, 0),
          retention_rate = todouble(coalesce(__kept, 0)) / __size,
          churn_rate = todouble(__size - coalesce(__kept, 0)) / __size`;
    return runTemplate(call, text, {
      tables: { T: { ...call.input, ordering: [] }, ...(lookback === undefined ? {} : { L: lookback }) },
      scalars: {
        start: scalar(call, 2, "Start"),
        end: scalar(call, 3, "End"),
        window: scalar(call, 4, "Window"),
        ...(cohort === undefined ? {} : { cohort }),
      },
    });
  },
};

interface Cohort {
  readonly cohort: Scalar | undefined;
  readonly by: readonly string[];
  /** The ids that are not new. */
  readonly lookback: Rel | undefined;
}

/** What follows the window: one cohort, columns, and the table of ids seen before, each of which may be missing. */
function cohortOf(call: PluginCall): Cohort {
  const rest = argumentsOf(call.call).slice(5);
  const last = rest.at(-1);
  const bound = last === undefined ? undefined : lookUp(call.env, nameOf(last));
  const tabular = last !== undefined && (last.columns !== undefined || bound?.kind === "tabular");
  const lookback = tabular ? call.context.tabular(last, call.env) : undefined;
  const [first] = scalarsFrom(call, 5).slice(0, 1);
  const cohort = first === undefined || (tabular && first === last) ? undefined : scalarArgument(first, call);
  const columns = rest.slice(cohort === undefined ? 0 : 1, tabular ? -1 : undefined);
  const by = columns.map((node) => quoted(nameOf(node)));
  return { cohort, by, lookback };
}

function timelineType(call: PluginCall): string {
  const name = nameOf(argumentsOf(call.call)[1] ?? call.call);
  return call.input.columns.find((item) => item.name === name)?.type ?? "datetime";
}
