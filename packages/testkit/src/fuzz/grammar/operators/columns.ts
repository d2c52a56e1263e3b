import { list, type Tree, whole } from "../../tree.ts";
import { type Columns, chance, columnTree, type Grammar, isKey, oneOf, someOf, times } from "../grammar.ts";
import { scalar, scalars } from "../scalar.ts";
import { everyKey } from "../total.ts";
import type { RandomOperator } from "./define.ts";

/** `name = expression`, or now and then the expression alone. */
function named(grammar: Grammar, columns: Columns, depth: number): Tree {
  const [value = ""] = scalars(grammar, columns, 1, depth);
  if (chance(grammar, 10)) return value;
  const overwritten = chance(grammar, 20) ? oneOf(grammar, columns) : undefined;
  const name = overwritten === undefined ? grammar.fresh("x") : columnTree(overwritten);
  return whole([name, " = ", value]);
}

function namedList(grammar: Grammar, columns: Columns, most: number): Tree {
  return list(
    times(1 + grammar.random.below(most), () => named(grammar, columns, 3)),
    ", ",
  );
}

const columnList = (columns: Columns): Tree => list(columns.map(columnTree), ", ");

/** Operators that choose, make and order columns. */
export const columnOperators: readonly RandomOperator[] = [
  { order: "keeps", weight: 14, make: (grammar, columns) => whole(["extend ", namedList(grammar, columns, 3)]) },
  {
    order: "loses",
    weight: 8,
    make: (grammar, columns) =>
      whole(["project ", list([...someOf(grammar, columns, 4).map(columnTree), named(grammar, columns, 3)], ", ")]),
  },
  {
    order: "loses",
    weight: 2,
    make: (grammar, columns) => whole(["project-away ", columnList(someOf(grammar, columns, 3))]),
  },
  {
    order: "loses",
    weight: 2,
    make: (grammar, columns) => whole(["project-keep ", columnList(someOf(grammar, columns, 5))]),
  },
  {
    order: "keeps",
    weight: 2,
    make: (grammar, columns) => whole(["project-reorder ", columnList(someOf(grammar, columns, 3)), ", *"]),
  },
  {
    order: "keeps",
    weight: 2,
    make: (grammar, columns) => {
      const column = oneOf(grammar, columns);
      return column === undefined ? undefined : whole([`project-rename ${grammar.fresh("y")} = `, columnTree(column)]);
    },
  },
  {
    order: "loses",
    weight: 5,
    make: (grammar, columns) => {
      const keys = someOf(grammar, columns.filter(isKey), 3);
      return keys.length === 0 ? undefined : whole(["distinct ", columnList(keys)]);
    },
  },
  { order: "makes", weight: 5, make: (_, columns) => whole(["sort by ", everyKey(columns)]) },
  {
    order: "loses",
    weight: 4,
    make: (grammar, columns) => {
      const [key = ""] = [scalar(grammar, columns.filter(isKey), "long", 2)];
      const direction = oneOf(grammar, ["", " asc", " desc", " asc nulls last", " desc nulls first"]);
      return whole(["sort by ", key, direction ?? "", ", ", everyKey(columns)]);
    },
  },
];
