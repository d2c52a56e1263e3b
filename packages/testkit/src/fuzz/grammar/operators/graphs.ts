import { type Tree, tableName, whole } from "../../tree.ts";
import { type Columns, chance, columnTree, type Grammar, isKey, oneOf, someOf } from "../grammar.ts";
import type { RandomOperator } from "./define.ts";

const patterns = [
  "(a)-[e]->(b)",
  "(a)<-[e]-(b)",
  "(a)-[e]-(b)",
  "(a)-[e]->(b)-[f]->(c)",
  "(a)-[e]->(b)<-[f]-(c)",
  "(a)-[e*1..2]->(b)",
];

/** Nodes with the number of their rows in a table, one for each value; empty where no table has such values. */
function nodes(grammar: Grammar, type: string): readonly Tree[] {
  const found = grammar.tables.flatMap(({ name, columns }) =>
    columns.filter((column) => column.type === type).map((column) => ({ name, column })),
  );
  const chosen = oneOf(grammar, found);
  if (chosen === undefined || chance(grammar, 40)) return [];
  const by = columnTree(chosen.column);
  return [" with (", tableName(chosen.name), " | summarize Rows_ = count() by ", by, ") on ", by];
}

function matched(grammar: Grammar, columns: Columns): Tree | undefined {
  const from = oneOf(grammar, columns.filter(isKey));
  const to =
    from === undefined
      ? undefined
      : oneOf(
          grammar,
          columns.filter(({ type }) => type === from.type),
        );
  if (from === undefined || to === undefined) return undefined;
  const known = nodes(grammar, from.type);
  const pattern = oneOf(grammar, patterns) ?? "";
  const shown = someOf(grammar, columns, 3).flatMap((column): readonly Tree[] => [
    `, ${grammar.fresh("g")} = e.`,
    columnTree(column),
  ]);
  const ends = known.length > 0 ? `${grammar.fresh("g")} = a.Rows_, ${grammar.fresh("g")} = b.Rows_` : "k_ = 1";
  const graph: readonly Tree[] = ["make-graph ", columnTree(from), " --> ", columnTree(to), ...known];
  if (chance(grammar, 15)) return whole([...graph, "\n| graph-to-table edges"]);
  const condition = known.length > 0 && chance(grammar, 40) ? " where a.Rows_ > 1" : "";
  return whole([...graph, `\n| graph-match ${pattern}${condition} project ${ends}`, ...shown]);
}

/** Operators that make a graph of the rows and match patterns in it. */
export const graphOperators: readonly RandomOperator[] = [{ order: "loses", weight: 3, make: matched }];
