import type { SqlCall, SqlExpr, SqlItem, SqlStruct } from "../sql/ast.ts";
import { column } from "../sql/build.ts";

/** The SQL aggregates of one grouping. */
export interface AggregateCollector {
  /** Takes an aggregate and answers with the column that will hold it. */
  add(aggregate: SqlCall): SqlExpr;
  items(): readonly SqlItem[];
}

/**
 * Equal aggregates are computed once. Those over a struct that differ in its fields alone become one over all the
 * fields: so every column of `arg_max(x, *)` comes from the same row, at the cost of one comparison a row.
 */
export function aggregateCollector(): AggregateCollector {
  const found = new Map<string, { readonly alias: string; value: SqlCall }>();
  return {
    add(aggregate) {
      const shape = shapeOf(aggregate);
      const known = found.get(shape);
      if (known !== undefined) known.value = withFieldsOf(known.value, aggregate);
      const entry = known ?? { alias: `r${found.size}`, value: aggregate };
      found.set(shape, entry);
      return column(entry.alias);
    },
    items: () => [...found.values()].map(({ alias, value }) => ({ alias, value })),
  };
}

function rowOf(aggregate: SqlCall): SqlStruct | undefined {
  const [first] = aggregate.args;
  return first?.kind === "struct" ? first : undefined;
}

function shapeOf(aggregate: SqlCall): string {
  const args = rowOf(aggregate) === undefined ? aggregate.args : ["row", ...aggregate.args.slice(1)];
  return JSON.stringify({ ...aggregate, args }, (_, value) => {
    if (typeof value === "bigint") return `${value}n`;
    // JSON would write NaN and both infinities as null.
    return typeof value === "number" && !Number.isFinite(value) ? `${value}r` : value;
  });
}

function withFieldsOf(known: SqlCall, more: SqlCall): SqlCall {
  const [row, added] = [rowOf(known), rowOf(more)];
  if (row === undefined || added === undefined) return known;
  const names = new Set(row.fields.map((field) => field.name));
  const fields = [...row.fields, ...added.fields.filter((field) => !names.has(field.name))];
  return { ...known, args: [{ ...row, fields }, ...known.args.slice(1)] };
}
