import { refuse } from "../../diagnostics/diagnostic.ts";
import { commonType } from "../../functions/resolve.ts";
import { aggregate, filter, join, pass, project, sort, unnest } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { AggregateItem, Item, Rel } from "../../ir/rel.ts";
import { columnRef, literal, type Scalar } from "../../ir/scalar.ts";
import { child, list, optional, type Syntax } from "../../syntax/tree.ts";
import { bindAggregates } from "../aggregates.ts";
import { type Axis, bindAxis } from "../axis.ts";
import { aggregateCall, call, convertTo } from "../call.ts";
import type { BindContext, Environment } from "../context.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { withOfficialNames } from "../outputNames.ts";
import { namedParameter } from "../parameters.ts";
import { scopeOf } from "../scope.ts";
import { fresh } from "../table.ts";
import { bindKeys } from "./summarize.ts";

/**
 * Groups by keys and steps of the axis; then each group gets all steps between its ends, in order, with the default
 * where it has no rows.
 */
export const makeSeries: TabularOperator = tabularOperator({
  keyword: "make-series",
  kinds: ["MakeSeriesOperator"],
  bind: (node, input, env, context) => {
    const axis = bindAxis(node, input, env, context);
    const points = groupPoints(node, input, axis, env, context);
    const spine = allSteps(node, points, axis, context);
    const filled = fillGaps(node, spine, points, env, context);
    return toArrays(node, filled, axis, context);
  },
});

/** A row for each group and step that has rows. */
interface Points {
  readonly rel: Rel;
  readonly keys: readonly Column[];
  readonly index: Column;
  readonly values: readonly Column[];
}

function groupPoints(node: Syntax, input: Rel, axis: Axis, env: Environment, context: BindContext): Points {
  const rows = filter(input, axis.inside, node.span);
  const keys = bindKeys(list(child(node, "ByClause"), "Expressions"), rows, env, context);
  const index: Item = { column: context.newColumn("$step", "long", true), value: axis.index };
  const nodes = list(node, "Aggregates").map((item) => child(item, "Expression"));
  const bound = bindAggregates(nodes, scopeOf(rows, env, context));
  const grouped = aggregate(rows, [...keys, index], bound.aggregates, node.span);
  const values = bound.outputs.map(
    ({ name, value }): Item => ({ column: context.newColumn(name, value.type, value.nullable), value }),
  );
  const rel = project(grouped, [...grouped.columns.slice(0, keys.length + 1).map(pass), ...values], node.span);
  return {
    rel,
    keys: keys.map((key) => key.column),
    index: index.column,
    values: values.map((value) => value.column),
  };
}

/** For each group every step from its first to its last. */
function allSteps(
  node: Syntax,
  points: Points,
  axis: Axis,
  context: BindContext,
): { readonly rel: Rel; readonly keys: readonly Column[]; readonly index: Column } {
  const end = (name: "min" | "max"): AggregateItem => {
    const { call: made } = aggregateCall(name, [columnRef(points.index)], node.span);
    return { column: context.newColumn(`$${name}`, "long", true), call: made };
  };
  const [first, last] = [end("min"), end("max")];
  const keys: Item[] = points.keys.map((column) => ({
    column: context.newColumn(column.name, column.type, column.nullable),
    value: columnRef(column),
  }));
  const grouped = aggregate(points.rel, keys, [first, last], node.span);
  const ends = nonEmpty(node, keys.length > 0)
    ? grouped
    : filter(grouped, call("isnotnull", [columnRef(first.column)], node.span), node.span);
  const [start, stop] = [axis.first ?? columnRef(first.column), axis.last ?? columnRef(last.column)];
  const range = call("range", [start, call("last step", [start, stop], node.span), literal("long", 1n)], node.span);
  const element = context.newColumn("$element", "dynamic", true);
  const rows = unnest({
    input: ends,
    arrays: [{ column: element, value: range, bagAsArray: false }],
    keepNull: false,
    columns: [...ends.columns, element],
    hidden: [],
    ordering: [],
    origin: node.span,
  });
  const index = context.newColumn("$step", "long", true);
  const all = context.newColumn("$all", "long", false);
  const steps = project(
    rows,
    [
      ...keys.map((key) => pass(key.column)),
      { column: all, value: literal("long", 0n) },
      { column: index, value: call("element to long", [columnRef(element)], node.span) },
    ],
    node.span,
  );
  return { rel: steps, keys: [...keys.map((key) => key.column), all], index };
}

/** `kind=nonempty`: a series of defaults where there are no rows. */
function nonEmpty(node: Syntax, keyed: boolean): boolean {
  if (namedParameter(node, "kind")?.toLowerCase() !== "nonempty") return false;
  if (!keyed) return true;
  return refuse("unsupported-argument", node.span, {
    name: "make-series",
    argument: "kind=nonempty and by",
    reason: "which group an empty input gives is not documented",
  });
}

interface Filled {
  readonly rel: Rel;
  readonly keys: readonly Column[];
  readonly index: Column;
  readonly values: readonly { readonly name: string; readonly value: Scalar }[];
}

function fillGaps(
  node: Syntax,
  spine: ReturnType<typeof allSteps>,
  points: Points,
  env: Environment,
  context: BindContext,
): Filled {
  const right = fresh(points.rel, node.span, context);
  const keyed = points.keys.length;
  const on = [...right.columns.slice(0, keyed + 1)].map((column, at) => ({
    left: columnRef((at < keyed ? spine.keys[at] : spine.index) ?? spine.index),
    right: columnRef(column),
  }));
  const here = right.columns[keyed];
  const items: Item[] = [...spine.rel.columns, ...right.columns.slice(keyed)].map((column) => ({
    column: column.type === "string" ? column : { ...column, nullable: true },
    value: columnRef(column),
  }));
  const rel = join({ join: "left", left: spine.rel, right, on, items, origin: node.span });
  const found = call(
    "isnotnull",
    [here === undefined ? literal("bool", true) : columnRef({ ...here, nullable: true })],
    node.span,
  );
  const nodes = list(node, "Aggregates");
  const values = right.columns.slice(keyed + 1).map((column, at) => {
    const otherwise = defaultOf(nodes[at], env, context);
    const type =
      otherwise.kind === "literal" && otherwise.value === null
        ? column.type
        : (commonType([column.type, otherwise.type]) ?? column.type);
    const value = convertTo(columnRef({ ...column, nullable: column.type !== "string" }), type, node.span);
    return {
      name: points.values[at]?.name ?? "",
      value: call("iff", [found, value, convertTo(otherwise, type, node.span)], node.span),
    };
  });
  return { rel, keys: spine.keys, index: spine.index, values };
}

function defaultOf(item: Syntax | undefined, env: Environment, context: BindContext): Scalar {
  const clause = item === undefined ? undefined : optional(item, "DefaultExpression");
  if (clause === undefined) return literal("long", 0n);
  return context.scalar(child(clause, "Expression"), { columns: [], env, context });
}

/** One row a group: its values and its axis as arrays in the order of the steps. */
function toArrays(node: Syntax, filled: Filled, axis: Axis, context: BindContext): Rel {
  const ordered = sort(filled.rel, [{ column: filled.index.id, descending: false, nullsFirst: true }], node.span);
  const series = [...filled.values, { name: axis.name, value: axis.valueAt(columnRef(filled.index)) }];
  const items = series.map(({ name, value }): AggregateItem => {
    const { call: made } = aggregateCall("series of values", [value], node.span);
    return { column: context.newColumn(name, "dynamic", true), call: made };
  });
  const keys: Item[] = filled.keys.map((column) => ({
    column: context.newColumn(column.name, column.type, column.nullable),
    value: columnRef(column),
  }));
  const grouped = aggregate(ordered, keys, items, node.span);
  const shown = grouped.columns.filter((column) => column.name !== "$all");
  const names = withOfficialNames(node, shown);
  return project(grouped, names.map(pass), node.span);
}
