import { call, cast } from "../sql/build.ts";
import { type RefusedFunction, refusedFunction, type ScalarFunction, scalarFunction } from "./define.ts";
import { packed } from "./dynamic/sql.ts";

const ownState = "reads Goshawk's own states only";

/** Functions over the states of `hll()` and `tdigest()`. */
export const sketchFunctions: readonly (ScalarFunction | RefusedFunction)[] = [
  scalarFunction({
    name: "hll_merge",
    summary: "The union of the states of counts of different values.",
    approximate: ownState,
    signature: "hll_merge(state: dynamic, ...more: dynamic): dynamic",
    lower: { duckdb: (...states) => call("goshawk_hll_merge", packed(states)) },
  }),
  scalarFunction({
    name: "dcount_hll",
    summary: "The number of different values that a state of hll() has seen.",
    approximate: ownState,
    signature: "dcount_hll(state: dynamic): long",
    lower: { duckdb: (state) => call("goshawk_dcount_hll", state) },
  }),
  scalarFunction({
    name: "tdigest_merge",
    aliases: ["merge_tdigest"],
    summary: "The union of the states of percentiles.",
    approximate: ownState,
    signature: "tdigest_merge(state: dynamic, ...more: dynamic): dynamic",
    lower: { duckdb: (...states) => call("goshawk_tdigest_merge", packed(states)) },
  }),
  scalarFunction({
    name: "percentile_tdigest",
    summary: "A percentile of a state of tdigest().",
    approximate: ownState,
    signature: "percentile_tdigest(state: dynamic, percent: real): dynamic",
    lower: { duckdb: (state, percent) => call("goshawk_percentile_tdigest", state, percent) },
  }),
  scalarFunction({
    name: "percentiles_array_tdigest",
    summary: "Several percentiles of a state of tdigest().",
    approximate: ownState,
    overloads: [
      {
        signature: "percentiles_array_tdigest(state: dynamic, percents: dynamic): dynamic",
        lower: { duckdb: (state, percents) => call("goshawk_percentiles_tdigest", state, percents) },
      },
      {
        signature: "percentiles_array_tdigest(state: dynamic, percent: dynamic, ...more: dynamic): dynamic",
        lower: { duckdb: (state, ...percents) => call("goshawk_percentiles_tdigest", state, packed(percents)) },
      },
    ],
  }),
  ...(["rank_tdigest", "percentrank_tdigest"] as const).map((name) =>
    scalarFunction({
      name,
      summary: "How many (how many percent) of a state's values are not greater than a value.",
      approximate: ownState,
      overloads: ["real", "datetime", "timespan"].map((type) => ({
        signature: `${name}(state: dynamic, value: ${type}): real`,
        lower: {
          duckdb: (state, value) => call(`goshawk_${name}`, state, cast(value, "DOUBLE")),
        },
      })),
    }),
  ),
  ...["hll_isvalid", "tdigest_isvalid", "__hll_normalize"].map((name) =>
    refusedFunction(name, "it is hidden, and what it answers is documented nowhere"),
  ),
];
