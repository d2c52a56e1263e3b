import { list, type Tree, tableName, whole } from "../tree.ts";
import { type Columns, chance, columnTree, type Grammar, oneOf, someOf } from "./grammar.ts";
import { scalar } from "./scalar.ts";

/** A short pipeline over one table, for the place of a subquery. */
export function shortPipeline(grammar: Grammar): { readonly tree: Tree; readonly columns: Columns } | undefined {
  const stored = grammar.tables.map(({ name, columns }) => ({ tree: tableName(name), columns }));
  const table = oneOf(grammar, [...stored, ...grammar.lets.tables]);
  if (table === undefined) return undefined;
  const steps: Tree[] = [table.tree];
  if (chance(grammar, 50)) steps.push(whole(["where ", scalar(grammar, table.columns, "bool", 2)]));
  if (chance(grammar, 30))
    steps.push(whole([`extend ${grammar.fresh("z")} = `, scalar(grammar, table.columns, "string", 2)]));
  if (chance(grammar, 40))
    steps.push(whole(["project ", list(someOf(grammar, table.columns, 4).map(columnTree), ", ")]));
  const tree = list(steps, "\n| ");
  const columns = grammar.columnsOf(tree);
  return columns === undefined ? undefined : { tree, columns };
}
