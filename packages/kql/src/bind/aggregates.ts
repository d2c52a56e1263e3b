import { refuse } from "../diagnostics/diagnostic.ts";
import { aggregateFunctionNamed } from "../functions/registry.ts";
import type { AggregateItem } from "../ir/rel.ts";
import { columnRef, type Scalar } from "../ir/scalar.ts";
import { child, list, nameOf, type Syntax } from "../syntax/tree.ts";
import { aggregateCall } from "./call.ts";
import type { Scope } from "./context.ts";
import { explicitName, impliedName, valueNode } from "./named.ts";
import { argumentsOf } from "./userFunction.ts";

/** The aggregations of a `summarize`, and what its output columns make of them. */
export interface BoundAggregates {
  readonly aggregates: readonly AggregateItem[];
  readonly outputs: readonly Output[];
}

interface Output {
  readonly name: string;
  /** The name that Kusto gives where the official binder has another. */
  readonly ownName?: string;
  readonly value: Scalar;
}

/** Binds the aggregate expressions; each aggregation function met becomes one AggregateItem. */
export function bindAggregates(nodes: readonly Syntax[], scope: Scope): BoundAggregates {
  const aggregates: AggregateItem[] = [];
  const outputs = nodes.flatMap((node) => bindOutput(node, scope, aggregates));
  return { aggregates, outputs };
}

function bindOutput(node: Syntax, scope: Scope, aggregates: AggregateItem[]): readonly Output[] {
  const value = valueNode(node);
  const several = severalColumns(value, node, scope, aggregates);
  if (several !== undefined) return several;
  const ownName = explicitName(node) === undefined ? covarianceName(value) : undefined;
  const output = {
    name: explicitName(node) ?? impliedName(value) ?? "",
    value: bindAggregated(value, scope, aggregates),
  };
  return [ownName === undefined ? output : { ...output, ownName }];
}

/** `covariance(x, y)` is called `covariance_x_y`; the official binder leaves the second name out. */
function covarianceName(value: Syntax): string | undefined {
  if (value.kind !== "FunctionCallExpression") return undefined;
  const name = nameOf(child(value, "Name"));
  const [x, y] = argumentsOf(value).map((arg) => impliedName(arg));
  return name.startsWith("covariance") && x !== undefined && y !== undefined ? `${name}_${x}_${y}` : undefined;
}

/** An expression over aggregations: calls of aggregation functions become references to their results. */
export function bindAggregated(node: Syntax, scope: Scope, aggregates: AggregateItem[]): Scalar {
  const intercept = (at: Syntax): Scalar | undefined => {
    if (at.kind !== "FunctionCallExpression") return undefined;
    const name = nameOf(child(at, "Name"));
    return isAggregate(name, at) ? addAggregate(name, at, scope, aggregates) : undefined;
  };
  return scope.context.scalar(node, { ...scope, intercept });
}

function isAggregate(name: string, node: Syntax): boolean {
  return aggregateFunctionNamed(name) !== undefined && node.body?.() === undefined;
}

function addAggregate(name: string, node: Syntax, scope: Scope, aggregates: AggregateItem[]): Scalar {
  const args = argumentsOf(node).map((arg) => scope.context.scalar(arg, scope));
  const { call: made, type, nullable } = aggregateCall(name, args, node.span);
  const column = scope.context.newColumn(`$${name}`, type, nullable);
  aggregates.push({ column, call: made });
  return columnRef(column);
}

/** `arg_max(x, *)`, `take_any(*)`, `percentiles(x, 50, 95)`: aggregations that give several columns. */
function severalColumns(
  value: Syntax,
  node: Syntax,
  scope: Scope,
  aggregates: AggregateItem[],
): readonly Output[] | undefined {
  if (value.kind !== "FunctionCallExpression") return undefined;
  const name = nameOf(child(value, "Name"));
  const args = argumentsOf(value);
  switch (name) {
    case "arg_max":
    case "arg_min":
    case "argmax":
    case "argmin":
      return bindArg(name.endsWith("max") ? "arg_max" : "arg_min", args, value, node, scope, aggregates);
    case "take_any":
    case "any":
    case "anyif":
    case "take_anyif":
      return bindAny(name, args, value, node, scope, aggregates);
    case "percentiles":
      return bindPercentiles(name, args, 1, value, node, scope, aggregates);
    case "percentilesw":
      return bindPercentiles(name, args, 2, value, node, scope, aggregates);
    default:
      return undefined;
  }
}

function explicitNames(node: Syntax): readonly string[] {
  if (node.kind === "CompoundNamedExpression") return list(child(node, "Names"), "Names").map(nameOf);
  const name = explicitName(node);
  return name === undefined ? [] : [name];
}

function bindArg(
  name: string,
  args: readonly Syntax[],
  value: Syntax,
  node: Syntax,
  scope: Scope,
  aggregates: AggregateItem[],
): readonly Output[] {
  const [first, ...rest] = args;
  if (first === undefined)
    return refuse("no-overload", value.span, { name, given: [], expected: [`${name}(expression, …)`] });
  const by = scope.context.scalar(first, scope);
  const values = [by, ...rest.flatMap((arg) => valuesOf(arg, value, 1, scope))];
  return outputs(
    name,
    values.map((result) => [result, by]),
    value,
    node,
    scope,
    aggregates,
  );
}

/** `percentiles(x, 50, 95)`: a column for each percent. */
function bindPercentiles(
  name: string,
  args: readonly Syntax[],
  from: number,
  value: Syntax,
  node: Syntax,
  scope: Scope,
  aggregates: AggregateItem[],
): readonly Output[] {
  const bound = args.map((arg) => scope.context.scalar(arg, scope));
  const calls = bound.slice(from).map((percent) => [...bound.slice(0, from), percent]);
  return outputs(name, calls, value, node, scope, aggregates);
}

function bindAny(
  name: string,
  args: readonly Syntax[],
  value: Syntax,
  node: Syntax,
  scope: Scope,
  aggregates: AggregateItem[],
): readonly Output[] {
  const conditional = name.endsWith("if");
  const condition = conditional ? args.at(-1) : undefined;
  const values = (conditional ? args.slice(0, -1) : args).flatMap((arg) => valuesOf(arg, value, 0, scope));
  const test = condition === undefined ? [] : [scope.context.scalar(condition, scope)];
  const calls = values.map((result) => [result, ...test]);
  const single = values.length === 1 && args[0]?.kind !== "StarExpression";
  const called = conditional ? "take_anyif" : single ? "take_any" : "take_any of row";
  return outputs(called, calls, value, node, scope, aggregates);
}

function outputs(
  name: string,
  calls: readonly (readonly Scalar[])[],
  value: Syntax,
  node: Syntax,
  scope: Scope,
  aggregates: AggregateItem[],
): readonly Output[] {
  const names = explicitNames(node);
  return calls.map((args, index) => {
    const { call: made, type, nullable } = aggregateCall(name, args, value.span);
    const column = scope.context.newColumn(`$${name}`, type, nullable);
    aggregates.push({ column, call: made });
    return { name: names[index] ?? value.tuple?.[index]?.name ?? "", value: columnRef(column) };
  });
}

/** `*` stands for the columns that the binder lists for the call: group keys and the ordering column are not among them. */
function valuesOf(arg: Syntax, value: Syntax, from: number, scope: Scope): readonly Scalar[] {
  if (arg.kind !== "StarExpression") return [scope.context.scalar(arg, scope)];
  const names = new Set(value.tuple?.slice(from).map((column) => column.name));
  return scope.columns.filter((column) => names.has(column.name)).map((column) => columnRef(column));
}
