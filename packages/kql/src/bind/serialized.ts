import { refuse } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/span.ts";
import { windowFunctionNamed } from "../functions/windows/index.ts";
import { allColumns, window } from "../ir/build.ts";
import type { OrderingKey, Rel, WindowItem } from "../ir/rel.ts";
import { columnRef, type Scalar } from "../ir/scalar.ts";
import type { BindContext, Environment, Scope, WindowCollector } from "./context.ts";

/**
 * Binds expressions that may call window functions; these become a Window node below the one that `build` makes over
 * the input's columns and those of the window functions.
 */
export function bindSerialized<T>(
  input: Rel,
  env: Environment,
  context: BindContext,
  bind: (scope: Scope) => T,
  build: (rel: Rel, value: T) => Rel,
): Rel {
  const items: WindowItem[] = [];
  const ordered = withOrdinal(input, context);
  const windows = collector(ordered ?? input, ordered === undefined, items, context);
  const value = bind({ columns: input.columns, env, context, windows });
  if (items.length === 0 || ordered === undefined) return build(input, value);
  const plain = window(ordered, items, items[0]?.origin ?? input.origin);
  // The helper columns are no output: they stay hidden.
  const rel: Rel = {
    ...plain,
    columns: input.columns,
    hidden: [...plain.hidden, ...items.map((item) => item.column)],
  };
  return build(rel, value);
}

/** Rows under one ordinal: where several keys serialize them, ties would otherwise fall differently each time. */
function withOrdinal(input: Rel, context: BindContext): Rel | undefined {
  if (input.ordering.length === 0) return undefined;
  const only = input.ordering[0];
  if (input.ordering.length === 1 && only !== undefined && isOrdinal(input, only)) return input;
  const ordinal = context.newColumn("$ordinal", "long", false);
  const item: WindowItem = {
    column: ordinal,
    name: "row_number",
    args: [],
    partitionBy: [],
    orderBy: input.ordering,
    origin: input.origin,
  };
  const made = window(input, [item], input.origin);
  return {
    ...made,
    columns: input.columns,
    hidden: [...input.hidden, ordinal],
    ordering: [{ column: ordinal.id, descending: false, nullsFirst: true }],
  };
}

function isOrdinal(input: Rel, key: OrderingKey): boolean {
  return allColumns(input).some((column) => column.id === key.column && column.name === "$ordinal");
}

function collector(input: Rel, unordered: boolean, items: WindowItem[], context: BindContext): WindowCollector {
  return {
    add(name: string, args: readonly Scalar[], origin: Span): Scalar {
      if (unordered) return refuse("not-serialized", origin, { name });
      const row = windowFunctionNamed(name);
      if (row === undefined)
        return refuse("unsupported-function", origin, { name, reason: "Goshawk does not have it yet" });
      const made = row.plan(args, origin);
      const column = context.newColumn(`$${name}`, made.type, made.nullable);
      items.push({
        column,
        name: row.name,
        args: made.args,
        partitionBy: made.partitionBy,
        orderBy: input.ordering,
        origin,
      });
      return columnRef(column);
    },
  };
}
