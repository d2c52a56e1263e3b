import { list, type Tree, whole } from "../../tree.ts";
import { aggregates } from "../aggregate.ts";
import { type Columns, chance, columnTree, type Grammar, isKey, oneOf, someOf } from "../grammar.ts";
import { scalar } from "../scalar.ts";
import { everyKey } from "../total.ts";
import type { RandomOperator } from "./define.ts";

/** A group's key: a column, a bin of it or any scalar. */
function groupKey(grammar: Grammar, columns: Columns): Tree {
  const column = oneOf(grammar, columns.filter(isKey));
  if (column === undefined || chance(grammar, 15))
    return whole([`${grammar.fresh("k")} = `, scalar(grammar, columns, "string", 2)]);
  const sizes: Readonly<Record<string, string>> = { long: "3", real: "0.5", datetime: "1h", timespan: "7m", int: "2" };
  const size = sizes[column.type];
  return size === undefined || chance(grammar, 50)
    ? columnTree(column)
    : whole(["bin(", columnTree(column), `, ${size})`]);
}

function groupKeys(grammar: Grammar, columns: Columns): Tree {
  const keys = Array.from({ length: 1 + grammar.random.below(2) }, () => groupKey(grammar, columns));
  return list(keys, ", ");
}

/** Serialized rows: in exact queries with an order that leaves no ties. */
const serialized = (grammar: Grammar, columns: Columns): readonly Tree[] =>
  grammar.exact || chance(grammar, 70) ? ["sort by ", everyKey(columns), "\n| "] : ["serialize\n| "];

function windowCall(grammar: Grammar, columns: Columns): Tree {
  const column = oneOf(grammar, columns);
  const any = column === undefined ? "1" : columnTree(column);
  const restart = scalar(grammar, columns, "bool", 1);
  const number = scalar(grammar, columns, oneOf(grammar, ["long", "int"] as const) ?? "long", 1);
  const found = oneOf<readonly Tree[]>(grammar, [
    ["row_number()"],
    ["row_number(0, ", restart, ")"],
    ["row_cumsum(", number, ")"],
    ["row_cumsum(", number, ", ", restart, ")"],
    ["row_rank_dense(", number, ")"],
    ["row_rank_min(", number, ")"],
    ["prev(", any, ")"],
    ["next(", any, ", 2)"],
    ["prev(", number, ", 1, 7)"],
    ["row_window_session(", scalar(grammar, columns, "datetime", 0), ", 1h, 5m)"],
  ]);
  return whole(found ?? []);
}

/** Operators that choose, gather and number rows. */
export const rowOperators: readonly RandomOperator[] = [
  { order: "keeps", weight: 14, make: (grammar, columns) => whole(["where ", scalar(grammar, columns, "bool", 4)]) },
  {
    order: "loses",
    weight: 12,
    make: (grammar, columns) => {
      const by = chance(grammar, 75) ? [" by ", groupKeys(grammar, columns)] : [];
      return whole(["summarize ", aggregates(grammar, columns), ...by]);
    },
  },
  { order: "loses", weight: 2, make: (grammar, columns) => whole(["summarize by ", groupKeys(grammar, columns)]) },
  {
    order: "loses",
    weight: 3,
    vague: true,
    make: (grammar, columns) =>
      whole(["summarize arg_max(", scalar(grammar, columns, "long", 1), ", *) by ", groupKeys(grammar, columns)]),
  },
  {
    order: "makes",
    weight: 4,
    make: (grammar, columns) => whole([`top ${grammar.random.below(5)} by `, everyKey(columns)]),
  },
  { order: "loses", weight: 3, vague: true, make: ({ random }) => `take ${random.below(6)}` },
  {
    order: "keeps",
    weight: 3,
    make: (grammar, columns) => whole(["sort by ", everyKey(columns), `\n| take ${grammar.random.below(6)}`]),
  },
  { order: "loses", weight: 1, vague: true, make: ({ random }) => `sample ${random.below(6)}` },
  { order: "loses", weight: 1, make: () => "count" },
  {
    order: "loses",
    weight: 7,
    make: (grammar, columns) => {
      const order = serialized(grammar, columns);
      if (order.length === 1) grammar.vague.add("serialize");
      return whole([...order, `extend ${grammar.fresh("w")} = `, windowCall(grammar, columns)]);
    },
  },
  {
    order: "loses",
    weight: 3,
    make: (grammar, columns) => {
      const order = serialized(grammar, columns);
      if (order.length === 1) grammar.vague.add("serialize");
      const [first, second] = [scalar(grammar, columns, "bool", 1), scalar(grammar, columns, "bool", 1)];
      const value = scalar(grammar, columns, "long", 1);
      const name = grammar.fresh("s");
      return whole([
        ...order,
        `scan with_match_id=${grammar.fresh("m")} declare (${name}: long = 0) with (step s1: `,
        first,
        ` => ${name} = `,
        value,
        "; step s2: ",
        second,
        ` => ${name} = s1.${name} + 1;)`,
      ]);
    },
  },
  {
    order: "loses",
    weight: 2,
    vague: true,
    make: (grammar, columns) => {
      const key = oneOf(grammar, columns.filter(isKey));
      return key === undefined
        ? undefined
        : whole(["top-nested 2 of ", columnTree(key), ` by ${grammar.fresh("a")} = count()`]);
    },
  },
  {
    order: "loses",
    weight: 1,
    vague: true,
    make: (grammar, columns) => {
      const key = oneOf(grammar, columns.filter(isKey));
      return key === undefined ? undefined : whole(["sample-distinct 3 of ", columnTree(key)]);
    },
  },
  {
    order: "loses",
    weight: 4,
    make: (grammar, columns) => {
      const axis = oneOf(
        grammar,
        columns.filter(({ type }) => type === "datetime" || type === "long"),
      );
      if (axis === undefined) return undefined;
      const size =
        axis.type === "datetime" ? "from datetime(2024-06-01) to datetime(2024-06-30) step 5d" : "from 0 to 20 step 5";
      const by = someOf(grammar, columns.filter(isKey), 1);
      return whole([
        `make-series ${grammar.fresh("m")} = count() default = 0 on `,
        columnTree(axis),
        ` ${size}`,
        ...by.flatMap((column) => [" by ", columnTree(column)]),
      ]);
    },
  },
];
