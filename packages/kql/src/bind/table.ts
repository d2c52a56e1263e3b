import { refuse } from "../diagnostics/diagnostic.ts";
import { nearest } from "../diagnostics/nearest.ts";
import type { Span } from "../diagnostics/span.ts";
import { filter, pass, project } from "../ir/build.ts";
import type { Column } from "../ir/column.ts";
import type { Read, Rel } from "../ir/rel.ts";
import { columnRef, literal } from "../ir/scalar.ts";
import type { TableSchema } from "../values/schema.ts";
import { call } from "./call.ts";
import type { BindContext } from "./context.ts";

/** The rows of a stored table, or of one of the catalogue that has none. */
export function readTable(name: string, origin: Span, context: BindContext): Rel {
  const schema = context.table(name);
  if (schema === undefined)
    return refuse("unknown-table", origin, { name, nearest: nearest(name, context.tableNames()) });
  context.noteTable(schema.name);
  if (schema.assumed === true)
    context.noteWarning(`Nothing is known of the table '${name}' that a function reads; it is taken to hold no rows.`);
  return withinScope(rowsOf(schema, origin, context), context);
}

const eventTimes = ["Timestamp", "TimeGenerated"];

/** Only the rows of the time that the caller holds the query to; a table without that column keeps all. */
function withinScope(rows: Read, { scope }: BindContext): Rel {
  if (scope === undefined) return rows;
  const names = scope.column === undefined ? eventTimes : [scope.column];
  const time = rows.columns.find((column) => column.type === "datetime" && names.includes(column.name));
  if (time === undefined) return rows;
  const bounds = [
    ...(scope.from === undefined ? [] : [[">=", scope.from] as const]),
    ...(scope.to === undefined ? [] : [["<", scope.to] as const]),
  ];
  return bounds.reduce<Rel>(
    (rel, [operator, ticks]) =>
      filter(rel, call(operator, [columnRef(time), literal("datetime", ticks)], rows.origin), rows.origin),
    rows,
  );
}

/** The rows under a schema's name, whether these are in the store or were supplied for the query. */
export function rowsOf(schema: TableSchema, origin: Span, context: BindContext): Read {
  const columns = schema.columns.map((column) => context.newColumn(column.name, column.type, column.type !== "string"));
  return { kind: "read", table: schema.name, columns, hidden: [], ordering: [], origin };
}

/** The same rows under new column ids, so that one table may stand twice in a query. */
export function fresh(rel: Rel, origin: Span, context: BindContext): Rel {
  const renamed = new Map<number, Column>();
  const renew = (column: Column): Column => {
    const made = context.newColumn(column.name, column.type, column.nullable);
    renamed.set(column.id, made);
    return made;
  };
  const columns = rel.columns.map(renew);
  const hidden = rel.hidden.map(renew);
  const sources = [...rel.columns, ...rel.hidden];
  const made = project(rel, [], origin);
  return {
    ...made,
    items: [...columns, ...hidden].map((column, index) => {
      const source = sources[index];
      return source === undefined ? pass(column) : { column, value: columnRef(source) };
    }),
    columns,
    hidden,
    ordering: rel.ordering.map((key) => ({ ...key, column: renamed.get(key.column)?.id ?? key.column })),
  };
}
