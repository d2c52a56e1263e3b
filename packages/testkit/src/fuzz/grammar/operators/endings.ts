import { list, type Tree, whole } from "../../tree.ts";
import { type Columns, columnTree, type Grammar, isKey, oneOf, someOf } from "../grammar.ts";
import { scalar } from "../scalar.ts";
import type { RandomOperator } from "./define.ts";

const shown = (columns: Columns): Tree => list(columns.map(columnTree), ", ");

/** The name of a column that an ending can't do without. */
function key(grammar: Grammar, columns: Columns, type?: string): Tree | undefined {
  const fitting = columns.filter((column) => (type === undefined ? isKey(column) : column.type === type));
  const found = oneOf(grammar, fitting);
  return found === undefined ? undefined : columnTree(found);
}

/** Operators that end a query, as only its rows tell their columns, or as they give several tables. */
export const endings: readonly RandomOperator[] = [
  {
    order: "loses",
    weight: 3,
    make: (grammar, columns) => {
      const pivoted = key(grammar, columns, "string");
      if (pivoted === undefined) return undefined;
      const kept = someOf(grammar, columns.filter(isKey), 2);
      return whole(["project ", shown(kept), ", Pivot_ = ", pivoted, "\n| evaluate pivot(Pivot_)"]);
    },
  },
  {
    order: "loses",
    weight: 3,
    make: (grammar, columns) => {
      const bag = key(grammar, columns, "dynamic");
      return bag === undefined ? undefined : whole(["project Bag_ = ", bag, "\n| evaluate bag_unpack(Bag_, 'p_')"]);
    },
  },
  { order: "loses", weight: 1, make: () => "evaluate narrow()" },
  { order: "loses", weight: 1, make: () => "getschema" },
  {
    order: "loses",
    weight: 1,
    vague: true,
    make: (grammar, columns) => {
      const of = key(grammar, columns);
      return of === undefined ? undefined : whole(["top-hitters 2 of ", of]);
    },
  },
  {
    order: "loses",
    weight: 1,
    vague: true,
    make: (grammar, columns) =>
      whole([
        "fork (where ",
        scalar(grammar, columns, "bool", 2),
        ") (summarize count() by ",
        shown(someOf(grammar, columns.filter(isKey), 1)),
        ")",
      ]),
  },
  {
    order: "loses",
    weight: 1,
    vague: true,
    make: (grammar, columns) =>
      whole(["facet by ", shown(someOf(grammar, columns.filter(isKey), 2)), " with (take 3)"]),
  },
  {
    order: "loses",
    weight: 1,
    vague: true,
    make: (grammar, columns) => {
      const of = key(grammar, columns, "string");
      return of === undefined ? undefined : whole(["reduce by ", of]);
    },
  },
  {
    order: "loses",
    weight: 2,
    make: (grammar) => oneOf(grammar, ['search "name"', 'search Name: "a*"', 'search "10.0" or "1"']),
  },
];
