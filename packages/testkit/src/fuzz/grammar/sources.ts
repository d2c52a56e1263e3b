import { list, type Tree, tableName, whole } from "../tree.ts";
import { type Columns, chance, columnTree, type Grammar, oneOf, someOf } from "./grammar.ts";
import { scalar, scalars } from "./scalar.ts";

/** Where a pipeline begins. */
export function source(grammar: Grammar): Tree {
  const declared = oneOf(grammar, grammar.lets.tables);
  if (declared !== undefined && chance(grammar, 60)) return declared.tree;
  const table = oneOf(grammar, grammar.tables);
  if (chance(grammar, 6)) return "range n from -2 to 3 step 1";
  if (chance(grammar, 10)) return printed(grammar);
  if (chance(grammar, 6)) return found(grammar);
  if (chance(grammar, 4)) return searched(grammar);
  if (chance(grammar, 8) && table !== undefined)
    return whole([tableName(table.name), "\n| where ", scalar(grammar, table.columns, "bool", 4)]);
  return table === undefined ? "print x = 1" : tableName(table.name);
}

function printed(grammar: Grammar): Tree {
  const values = scalars(grammar, [], 3, 3);
  const items = values.map((value) => whole([`${grammar.fresh("o")} = `, value]));
  return whole(["print ", list(items, ", ")]);
}

function found(grammar: Grammar): Tree {
  const tables = someOf(grammar, grammar.tables, 3);
  const columns = tables.flatMap((table) => table.columns);
  const common = columns.filter((column) => tables.every((table) => hasColumn(table.columns, column)));
  const condition = common.length > 0 ? scalar(grammar, common, "bool", 2) : '* has "a"';
  const shown = someOf(grammar, columns, 3).filter(
    ({ name }, at, all) => at === all.findIndex((one) => one.name === name),
  );
  const end = chance(grammar, 70) ? [" project ", list(shown.map(columnTree), ", ")] : [];
  return whole([
    "find in (",
    list(
      tables.map(({ name }) => tableName(name)),
      ", ",
    ),
    ") where ",
    condition,
    ...end,
  ]);
}

const hasColumn = (columns: Columns, { name, type }: Columns[number]): boolean =>
  columns.some((column) => column.name === name && column.type === type);

function searched(grammar: Grammar): Tree {
  const tables = someOf(grammar, grammar.tables, 2).map(({ name }) => tableName(name));
  const kind = oneOf(grammar, ["", "kind=case_sensitive "]) ?? "";
  const wanted = oneOf(grammar, ['"a"', '"name"', '"1"', 'Name: "a*"', '"10.0" or "x"', 'Text has "b"']) ?? "";
  return whole([`search ${kind}in (`, list(tables, ", "), `) ${wanted}`]);
}
