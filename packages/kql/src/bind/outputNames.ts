import { InvariantError } from "../diagnostics/diagnostic.ts";
import type { Column } from "../ir/column.ts";
import type { Syntax } from "../syntax/tree.ts";

/**
 * The names of an operator's output columns as the official binder gives them. It knows Kusto's rules for default
 * names and for clashes; our columns are the same ones in the same order.
 */
export function withOfficialNames(node: Syntax, columns: readonly Column[]): readonly Column[] {
  const official = node.columns;
  if (official === undefined) return columns;
  if (official.length !== columns.length && !node.open)
    throw new InvariantError(
      `${node.kind} has ${columns.length} columns (${columns.map((c) => c.name).join(", ")}) where the binder has ${official.length} (${official.map((c) => c.name).join(", ")})`,
    );
  return columns.map((column, index) => {
    const name = official[index]?.name;
    return name === undefined || name === column.name ? column : { ...column, name };
  });
}
