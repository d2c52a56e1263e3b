import { allColumns } from "../ir/build.ts";
import type { Read, Rel } from "../ir/rel.ts";
import type { SqlCommonTable, SqlQuery } from "../sql/ast.ts";
import { column } from "../sql/build.ts";
import { type LowerContext, lowerNode, lowerRel, orderOf, type TableLayout } from "./rel.ts";
import { sqlName } from "./scalar.ts";
import { sharedNodes } from "./shared.ts";

/** A whole query: common tables for what is used twice, and at the end the order that the rows were serialized in. */
export function lowerQuery(
  rel: Rel,
  layout: (table: string) => TableLayout,
  relation?: (read: Read) => string | undefined,
): SqlQuery {
  const names = new Map(sharedNodes(rel).map((node, index) => [node, `s${index + 1}`] as const));
  const shared = (node: Rel): string | undefined => names.get(node);
  const context: LowerContext = { layout, shared, ...(relation === undefined ? {} : { relation }) };
  const tables: SqlCommonTable[] = [...names].map(([node, name]) => ({
    name,
    query: lowerNode(node, context),
    // Numbered once: rows that a number tells apart must have the same one wherever they are read.
    materialized: node.kind === "window",
  }));
  const final = withOrder(rel, lowerRel(rel, context));
  return tables.length === 0 ? final : { kind: "with", recursive: false, tables, query: final };
}

function withOrder(rel: Rel, query: SqlQuery): SqlQuery {
  const shown = rel.columns.map((item) => ({ value: column(sqlName(item.id)), alias: sqlName(item.id) }));
  const plain = rel.ordering.length === 0 && allColumns(rel).length === rel.columns.length;
  if (plain) return query;
  return {
    kind: "select",
    items: shown,
    from: { kind: "derived", query, alias: "result" },
    orderBy: orderOf(rel.ordering, rel),
  };
}
