import { aggregate, number } from "../../sql/build.ts";
import { type AggregateFunction, aggregateFunction } from "../aggregate.ts";

const names = ["dcount", "dcountif", "count_distinct", "count_distinctif"];

/** Exact, where Kusto's `dcount()` is an estimate; nulls don't count. */
export const distinctAggregates: readonly AggregateFunction[] = names.map((name) => {
  const conditional = name.endsWith("if");
  const accuracy = name.startsWith("dcount") ? ", accuracy?: long" : "";
  return aggregateFunction({
    name,
    ...(conditional ? { condition: 1 } : {}),
    summary: "The number of different values, null aside.",
    ...(name.startsWith("dcount") ? { approximate: "exact, where Kusto estimates" } : {}),
    signature: `${name}(value: any${conditional ? ", condition: bool" : ""}${accuracy}): long`,
    nulls: "never",
    lower: { duckdb: (group, of = number(0)) => aggregate("count", [of], { filter: group.filter, distinct: true }) },
  });
});
