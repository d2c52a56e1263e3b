import type { Scalar } from "../../ir/scalar.ts";
import type { Plugin, PluginCall } from "./define.ts";
import { column, dimensions, furtherOf, listOf, run, scalar } from "./timeline.ts";

export const activeUsersCount: Plugin = {
  name: "active_users_count",
  summary: "How many ids are active in a bin: seen in enough periods of the window that ends there.",
  bind: (call) => {
    const [id, time] = [column(call, 0, "IdColumn"), column(call, 1, "TimelineColumn")];
    const by = dimensions(call, 8);
    const text = `
      let P = T
        | where ${time} > start - lookback and ${time} <= end
        | summarize by ${listOf(id, ...by)}, __p = bin_at(${time}, period, start);
      P
      | join kind=inner (P | project-rename __q = __p) on ${listOf(id, ...by)}
      | where __q > __p - lookback and __q <= __p and __p between (start .. end)
      | summarize __n = dcount(__q) by ${listOf(id, ...by)}, __p
      | where __n >= periods
      | summarize ['dcount'] = dcount(${id}) by ${time} = bin_at(__p, bin_size, start)${furtherOf(by)}`;
    return run(call, text, {
      start: scalar(call, 2, "Start"),
      end: scalar(call, 3, "End"),
      lookback: scalar(call, 4, "LookbackWindow"),
      period: scalar(call, 5, "Period"),
      periods: scalar(call, 6, "ActivePeriodsCount"),
      bin_size: scalar(call, 7, "Bin"),
    });
  },
};

export const activityCountsMetrics: Plugin = {
  name: "activity_counts_metrics",
  summary: "Rows, different ids, new ids and all ids so far, for each step of time.",
  bind: (call) => {
    const [id, time] = [column(call, 0, "IdColumn"), column(call, 1, "TimelineColumn")];
    const by = dimensions(call, 5);
    const more = furtherOf(by);
    const restart = by.length === 0 ? "false" : by.map((name) => `${name} != prev(${name})`).join(" or ");
    const text = `
      let R = T | where ${time} between (start .. end) | extend __b = bin_at(${time}, step_size, start);
      R
      | summarize ['count'] = count(), ['dcount'] = dcount(${id}) by __b${more}
      | join kind=leftouter (
          R | summarize __b = min(__b) by ${listOf(id, ...by)} | summarize __new = count() by __b${more}
        ) on __b${more}
      | sort by ${[...by, "__b"].map((name) => `${name} asc`).join(", ")}
      | extend __new = coalesce(__new, 0)
      | extend __all = row_cumsum(__new, ${restart})
      | project ${time} = __b${more}, ['count'], ['dcount'], new_dcount = __new, aggregated_dcount = __all`;
    return run(call, text, period(call));
  },
};

const period = (call: PluginCall): Readonly<Record<string, Scalar>> => ({
  start: scalar(call, 2, "Start"),
  end: scalar(call, 3, "End"),
  step_size: scalar(call, 4, "Step"),
});

export const slidingWindowCounts: Plugin = {
  name: "sliding_window_counts",
  summary: "Rows and different ids in the window that ends with each bin.",
  bind: (call) => {
    const [id, time] = [column(call, 0, "IdColumn"), column(call, 1, "TimelineColumn")];
    const by = dimensions(call, 6);
    const more = furtherOf(by);
    const text = `
      T
      | where ${time} > start - lookback and ${time} <= end
      | extend __b = bin_at(${time}, bin_size, start)
      | mv-expand __k = range(0, tolong(lookback / bin_size) - 1, 1) to typeof(long)
      | extend __b = __b + __k * bin_size
      | where __b between (start .. end)
      | summarize Count = count(), Dcount = dcount(${id}) by ${time} = __b${more}`;
    return run(call, text, {
      start: scalar(call, 2, "Start"),
      end: scalar(call, 3, "End"),
      lookback: scalar(call, 4, "LookbackWindow"),
      bin_size: scalar(call, 5, "Bin"),
    });
  },
};

export const sessionCount: Plugin = {
  name: "session_count",
  summary: "How many sessions begin in each bin: an id begins one when it was not seen for a while.",
  bind: (call) => {
    const [id, time] = [column(call, 0, "IdColumn"), column(call, 1, "TimelineColumn")];
    const by = dimensions(call, 6);
    const keys = [...by, id];
    const more = furtherOf(by);
    const text = `
      T
      | where ${time} between (start .. end)
      | sort by ${[...keys, time].map((name) => `${name} asc`).join(", ")}
      | where row_number() == 1 or ${keys.map((name) => `${name} != prev(${name})`).join(" or ")}
          or ${time} - prev(${time}) >= lookback
      | summarize count_sessions = count() by ${time} = bin(${time}, bin_size)${more}`;
    return run(call, text, {
      start: scalar(call, 2, "Start"),
      end: scalar(call, 3, "End"),
      bin_size: scalar(call, 4, "Bin"),
      lookback: scalar(call, 5, "LookBackWindow"),
    });
  },
};
