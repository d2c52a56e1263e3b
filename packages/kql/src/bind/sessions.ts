import type { Span } from "../diagnostics/span.ts";
import { aggregate, allColumns, join, pass, project, sort, unnest } from "../ir/build.ts";
import type { Column } from "../ir/column.ts";
import type { AggregateItem, Item, Rel } from "../ir/rel.ts";
import { columnRef, type Scalar } from "../ir/scalar.ts";
import { aggregateCall, call, convertTo } from "./call.ts";
import type { BindContext } from "./context.ts";

/** A `row_window_session()`: the column that takes the start of each row's session. */
export interface Session {
  readonly column: Column;
  readonly value: Scalar;
  readonly fromFirst: Scalar;
  readonly between: Scalar;
  /** The stretch between restarts that the row is in. */
  readonly stretch: Scalar;
  readonly origin: Span;
  readonly context: BindContext;
}

/**
 * A session's end depends on its own start, which no window function can see: the values of a stretch are folded as
 * one array, and its elements find their rows again by the row's number.
 */
export function addSession(rel: Rel, session: Session): Rel {
  const { column, origin } = session;
  const [key] = rel.ordering;
  const ordinal = allColumns(rel).find((item) => item.id === key?.column);
  if (ordinal === undefined) return rel;
  const starts = sessionStarts(rel, ordinal, session);
  const items: Item[] = allColumns(rel).map((item) => pass(item));
  const found: Item = { column: { ...column, nullable: true }, value: columnRef(starts.start) };
  const on = [{ left: columnRef(ordinal), right: columnRef(starts.row) }];
  const joined = join({ join: "left", left: rel, right: starts.rel, on, items: [...items, found], origin });
  return { ...joined, columns: rel.columns, hidden: [...rel.hidden, found.column], ordering: rel.ordering };
}

function sessionStarts(
  rel: Rel,
  ordinal: Column,
  { value, stretch, fromFirst, between, origin, context }: Session,
): { readonly rel: Rel; readonly row: Column; readonly start: Column } {
  const prepared: Item[] = [
    item("$stretch", stretch, context),
    item("$ticks", call("ticks of", [convertTo(value, "datetime", origin)], origin), context),
    item("$row", columnRef(ordinal), context),
  ];
  const [stretchItem, ticks, row] = prepared as [Item, Item, Item];
  const rows = project({ ...rel, ordering: [] }, prepared, origin);
  const ordered = sort(rows, [{ column: row.column.id, descending: false, nullsFirst: true }], origin);
  const list = aggregated("series of values", [columnRef(ticks.column)], "dynamic", origin, context);
  const first = aggregated("min", [columnRef(row.column)], "long", origin, context);
  const key = item("$stretch", columnRef(stretchItem.column), context);
  const grouped = aggregate(ordered, [key], [list, first], origin);
  const args = [
    columnRef(list.column),
    convertTo(fromFirst, "timespan", origin),
    convertTo(between, "timespan", origin),
  ];
  const element = context.newColumn("$element", "dynamic", true);
  const index = context.newColumn("$index", "long", false);
  const expanded = unnest({
    input: grouped,
    arrays: [{ column: element, value: call("session starts", args, origin), bagAsArray: false }],
    index,
    keepNull: false,
    columns: [...grouped.columns, element],
    hidden: [index],
    ordering: [],
    origin,
  });
  const at = item("$row", call("+", [columnRef(first.column), columnRef(index)], origin), context);
  const start = item(
    "$start",
    call("datetime of ticks", [call("element to long", [columnRef(element)], origin)], origin),
    context,
  );
  return { rel: project(expanded, [at, start], origin), row: at.column, start: start.column };
}

function item(name: string, value: Scalar, context: BindContext): Item {
  return { column: context.newColumn(name, value.type, value.nullable), value };
}

function aggregated(
  name: string,
  args: readonly Scalar[],
  type: Column["type"],
  origin: Span,
  context: BindContext,
): AggregateItem {
  return { column: context.newColumn(`$${name}`, type, true), call: aggregateCall(name, args, origin).call };
}
