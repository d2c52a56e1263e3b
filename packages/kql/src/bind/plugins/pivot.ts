import { diagnostic } from "../../diagnostics/diagnostic.ts";
import { DiscoveryNeeded } from "../../discovery.ts";
import { aggregate, project } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { AggregateItem, Item, Rel } from "../../ir/rel.ts";
import { columnRef, literal, type Scalar } from "../../ir/scalar.ts";
import { nameOf, type OfficialColumn, optional, type Syntax } from "../../syntax/tree.ts";
import { bindAggregated } from "../aggregates.ts";
import { aggregateCall, call as callFunction, convertTo } from "../call.ts";
import { columnNamed, scopeOf } from "../scope.ts";
import { argumentsOf } from "../userFunction.ts";
import { type Plugin, type PluginCall, required } from "./define.ts";

interface Request {
  readonly pivoted: Column;
  /** The aggregation; undefined counts rows. */
  readonly cell: Syntax | undefined;
  readonly keys: readonly Column[];
}

export const pivot: Plugin = {
  name: "pivot",
  summary: "Each value of a column as a column of its own, holding an aggregation.",
  bind: (call) => {
    const request = requestOf(call);
    const { occurrence, found, inserted, inFunction } = call.context.discovered(call.node.span.start);
    const written = !inserted && optional(call.node, "Schema") !== undefined;
    if (found === undefined && !written) return look(call, request, { occurrence, clause: !inFunction });
    return turn(call, request, inFunction && !written ? found?.columns : undefined);
  },
};

function requestOf(call: PluginCall): Request {
  const { input } = call;
  const column = required(call, 0, "pivotColumn");
  const pivoted = columnNamed(input.columns, nameOf(column), column.span);
  const [second, ...rest] = argumentsOf(call.call).slice(1);
  const cell = second?.kind === "FunctionCallExpression" ? second : undefined;
  const named = cell === undefined && second !== undefined ? [second, ...rest] : rest;
  const read = cell === undefined ? new Set<string>() : new Set(argumentsOf(cell).map(nameOf));
  const others = input.columns.filter((item) => item.id !== pivoted.id && !read.has(item.name));
  const keys = named.length === 0 ? others : named.map((item) => columnNamed(input.columns, nameOf(item), item.span));
  return { pivoted, cell, keys };
}

function look(
  call: PluginCall,
  request: Request,
  { occurrence, clause }: { readonly occurrence: number; readonly clause: boolean },
): never {
  const { node, input, context } = call;
  const name: Item = {
    column: context.newColumn("$name", "string", false),
    value: convertTo(columnRef(request.pivoted), "string", node.span),
  };
  const kind: Item = { column: context.newColumn("$kind", "string", false), value: literal("string", "value") };
  const cell = cellOf(call, request, undefined).value;
  throw new DiscoveryNeeded({
    at: node.span.start,
    occurrence,
    schemaAt: clause ? node.span.end : undefined,
    query: aggregate(input, [name, kind], [], node.span),
    columns: (found) => [
      ...request.keys.map((column) => ({ name: column.name, type: column.type })),
      ...found.filter((item) => item.name !== "").map((item) => ({ name: item.name, type: cell.type })),
    ],
    diagnostic: diagnostic("needs-discovery", call.call.span, { name: "pivot" }),
  });
}

function turn(call: PluginCall, request: Request, columns: readonly OfficialColumn[] | undefined): Rel {
  const { node, input, context } = call;
  const shown = columns ?? node.columns ?? [];
  const keys = request.keys.map(
    (column): Item => ({
      column: context.newColumn(column.name, column.type, column.nullable),
      value: columnRef(column),
    }),
  );
  const aggregates: AggregateItem[] = [];
  const cells = shown.map((official) => {
    const key = keys.find((item) => item.column.name === official.name);
    if (key !== undefined) return columnRef(key.column);
    const cell = cellOf(call, request, official.name);
    aggregates.push(...cell.aggregates);
    return official.type === "unknown" ? cell.value : convertTo(cell.value, official.type, node.span);
  });
  const grouped = aggregate(input, keys, aggregates, node.span);
  const items = cells.map((value, index): Item => {
    const name = shown[index]?.name ?? "";
    return { column: context.newColumn(name, value.type, value.nullable), value };
  });
  return project(grouped, items, node.span);
}

/** The aggregation over the rows that hold `value` in the pivoted column. */
function cellOf(
  { node, input, env, context }: PluginCall,
  { pivoted, cell }: Request,
  value: string | undefined,
): { readonly value: Scalar; readonly aggregates: readonly AggregateItem[] } {
  const aggregates: AggregateItem[] = [];
  const result =
    cell === undefined
      ? counted(aggregates, node, context)
      : bindAggregated(cell, scopeOf(input, env, context), aggregates);
  if (value === undefined) return { value: result, aggregates };
  const text = convertTo(columnRef(pivoted), "string", node.span);
  const here = callFunction("==", [text, literal("string", value)], node.span);
  return {
    value: result,
    aggregates: aggregates.map((item) => {
      const filter = item.call.filter === undefined ? here : callFunction("and", [item.call.filter, here], node.span);
      return { ...item, call: { ...item.call, filter } };
    }),
  };
}

function counted(aggregates: AggregateItem[], node: Syntax, context: PluginCall["context"]): Scalar {
  const { call, type, nullable } = aggregateCall("count", [], node.span);
  const column = context.newColumn("$count", type, nullable);
  aggregates.push({ column, call });
  return columnRef(column);
}
