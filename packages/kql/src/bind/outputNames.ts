import type { Column } from "../ir/column.ts";
import type { Syntax } from "../syntax/tree.ts";

/**
 * The names of an operator's output columns as the official binder gives them. It knows Kusto's rules for default
 * names and for clashes; our columns are the same ones in the same order.
 */
export function withOfficialNames(node: Syntax, columns: readonly Column[]): readonly Column[] {
  const official = node.columns;
  if (official === undefined) return columns;
  // The official binder knows columns that an inner union or a table missing from a fuzzy union doesn't give.
  if (official.length !== columns.length) return columns;
  return columns.map((column, index) => {
    const name = official[index]?.name;
    return name === undefined || name === column.name ? column : { ...column, name };
  });
}
