import { refuse } from "../diagnostics/diagnostic.ts";
import { commonType } from "../functions/resolve.ts";
import type { Rel } from "../ir/rel.ts";
import { literal, type Scalar } from "../ir/scalar.ts";
import { child, list, optional, type Syntax } from "../syntax/tree.ts";
import type { KqlType } from "../values/type.ts";
import { call, convertTo } from "./call.ts";
import type { BindContext, Environment, Scope } from "./context.ts";
import { explicitName, impliedName, valueNode } from "./named.ts";
import { scopeOf } from "./scope.ts";

/** The axis of a `make-series`, counted in steps. */
export interface Axis {
  readonly name: string;
  /** True for the rows that belong to the axis. */
  readonly inside: Scalar;
  /** The step of a row. */
  readonly index: Scalar;
  /** The first and the last step, where the query says them; else those of each group. */
  readonly first: Scalar | undefined;
  readonly last: Scalar | undefined;
  valueAt(index: Scalar): Scalar;
}

interface Bounds {
  readonly from: Scalar | undefined;
  readonly to: Scalar | undefined;
  readonly step: Scalar;
  /** `in range(…)`: the end belongs to the axis, and steps lie on the grid of bin(). */
  readonly inclusive: boolean;
}

const stepTypes: Readonly<Partial<Record<KqlType, KqlType>>> = {
  datetime: "timespan",
  timespan: "timespan",
  long: "long",
  real: "real",
};

export function bindAxis(node: Syntax, input: Rel, env: Environment, context: BindContext): Axis {
  const on = child(child(node, "OnClause"), "Expression");
  const bounds = boundsOf(node, { columns: [], env, context });
  const given = context.scalar(valueNode(on), scopeOf(input, env, context));
  const type = axisType(given, bounds, on);
  const as = (value: Scalar): Scalar => convertTo(value, type, on.span);
  const step = convertTo(bounds.step, stepTypes[type] ?? "long", on.span);
  const value = as(given);
  const [from, to] = [
    bounds.from === undefined ? undefined : as(bounds.from),
    bounds.to === undefined ? undefined : as(bounds.to),
  ];
  const zero = literal(type, type === "real" ? 0 : 0n);
  const base = from === undefined ? zero : bounds.inclusive ? call("bin", [from, step], on.span) : from;
  const last = bounds.inclusive ? "axis index" : "last axis index before";
  return {
    name: explicitName(on) ?? impliedName(on) ?? "Column1",
    inside: insideOf(value, from, to, bounds.inclusive ? "<=" : "<", on),
    index: call("axis index", [value, base, step], on.span),
    first: from === undefined ? undefined : literal("long", 0n),
    last: to === undefined ? undefined : call(last, [to, base, step], on.span),
    valueAt: (index) => call("axis value", [index, base, step], on.span),
  };
}

function boundsOf(node: Syntax, scope: Scope): Bounds {
  const range = child(node, "RangeClause");
  const bind = (at: Syntax | undefined): Scalar | undefined =>
    at === undefined ? undefined : scope.context.scalar(at, scope);
  const [start, stop, size] = list(child(range, "Arguments"), "Expressions");
  const inclusive = range.kind === "MakeSeriesInRangeClause";
  const part = (name: string): Syntax | undefined => optional(child(range, name), "Expression");
  const step = bind(inclusive ? size : part("MakeSeriesStepClause"));
  if (step === undefined)
    return refuse("unsupported-syntax", node.span, { construct: "This make-series", reason: "it has no step" });
  return inclusive
    ? { from: bind(start), to: bind(stop), step, inclusive }
    : { from: bind(part("MakeSeriesFromClause")), to: bind(part("MakeSeriesToClause")), step, inclusive };
}

function axisType(axis: Scalar, bounds: Bounds, at: Syntax): KqlType {
  if (axis.type === "datetime" || axis.type === "timespan") return axis.type;
  const numbers = [axis, bounds.from, bounds.to, bounds.step].flatMap((item) =>
    item === undefined ? [] : [item.type],
  );
  const type = commonType(numbers);
  if (type === "int" || type === "long") return "long";
  if (type === "real") return "real";
  return refuse("unsupported-argument", at.span, {
    name: "make-series",
    argument: `an axis of type ${axis.type}`,
    reason: "only datetime, timespan, int, long and real axes can be counted in steps",
  });
}

function insideOf(value: Scalar, from: Scalar | undefined, to: Scalar | undefined, end: string, at: Syntax): Scalar {
  const tests = [
    call("isnotnull", [value], at.span),
    ...(from === undefined ? [] : [call(">=", [value, from], at.span)]),
    ...(to === undefined ? [] : [call(end, [value, to], at.span)]),
  ];
  return tests.reduce<Scalar>((all, test) => call("and", [all, test], at.span), literal("bool", true));
}
