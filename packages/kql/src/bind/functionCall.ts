import { refuse } from "../diagnostics/diagnostic.ts";
import { windowFunctionNamed } from "../functions/windows/index.ts";
import { columnRef, literal, type Scalar } from "../ir/scalar.ts";
import { child, nameOf, type Syntax } from "../syntax/tree.ts";
import { call } from "./call.ts";
import type { Binding, Scope } from "./context.ts";
import { argumentsOf, callUserFunction } from "./userFunction.ts";

/** Functions that a scope must answer rather than a row of the registry. */
const special: Readonly<Record<string, (node: Syntax, scope: Scope) => Scalar>> = {
  now: bindNow,
  ago: (node, scope) => call("-", [literal("datetime", scope.context.now), argument(node, 0, scope)], node.span),
  column_ifexists: bindColumnIfExists,
  columnifexists: bindColumnIfExists,
  datetime_diff: bindDatetimeDiff,
  pack_all: bindPackAll,
  ingestion_time: (_node, scope) => {
    const found = scope.columns.find((column) => column.name === "_TimeReceived" || column.name === "TimeGenerated");
    return found === undefined ? literal("datetime", null) : columnRef(found);
  },
};

/** A call in a scalar expression: of the registry, of a window function, or of a user-defined function. */
export function bindFunctionCall(node: Syntax, scope: Scope): Scalar {
  const name = nameOf(child(node, "Name"));
  const body = node.body?.();
  if (body !== undefined) return scalarResult(callUserFunction(node, body, scope), node);
  const own = special[name];
  if (own !== undefined) return own(node, scope);
  const window = windowFunctionNamed(name);
  if (window !== undefined) return bindWindow(name, node, scope);
  const args = argumentsOf(node).map((arg) => scope.context.scalar(arg, scope));
  return call(name, args, node.span);
}

function argument(node: Syntax, index: number, scope: Scope): Scalar {
  const arg = argumentsOf(node)[index];
  return arg === undefined ? literal("dynamic", null) : scope.context.scalar(arg, scope);
}

function bindNow(node: Syntax, scope: Scope): Scalar {
  const now = literal("datetime", scope.context.now);
  return argumentsOf(node).length === 0 ? now : call("+", [now, argument(node, 0, scope)], node.span);
}

/** Weeks are counted as a real, all other parts as a long. */
function bindDatetimeDiff(node: Syntax, scope: Scope): Scalar {
  const args = argumentsOf(node).map((arg) => scope.context.scalar(arg, scope));
  const [part, ...dates] = args;
  const weeks = part?.kind === "literal" && String(part.value).toLowerCase() === "week";
  return weeks ? call("datetime_diff in weeks", dates, node.span) : call("datetime_diff", args, node.span);
}

function bindWindow(name: string, node: Syntax, scope: Scope): Scalar {
  if (scope.windows === undefined) return refuse("not-serialized", node.span, { name });
  const args = argumentsOf(node).map((arg) => scope.context.scalar(arg, scope));
  return scope.windows.add(name, args, node.span);
}

function bindColumnIfExists(node: Syntax, scope: Scope): Scalar {
  const [name, otherwise] = argumentsOf(node);
  if (name === undefined || otherwise === undefined)
    return refuse("not-a-constant", node.span, { name: "column_ifexists", what: "the column's name" });
  const wanted = scope.context.scalar(name, scope);
  if (wanted.kind !== "literal")
    return refuse("not-a-constant", name.span, { name: "column_ifexists", what: "the column's name" });
  const found = scope.columns.find((column) => column.name === wanted.value);
  return found === undefined ? scope.context.scalar(otherwise, scope) : columnRef(found);
}

function bindPackAll(node: Syntax, scope: Scope): Scalar {
  const pairs = scope.columns.flatMap((column) => [literal("string", column.name), columnRef(column)]);
  const ignoreNulls = argumentsOf(node).length === 0 ? literal("bool", false) : argument(node, 0, scope);
  const bag = call("bag_pack", pairs, node.span);
  if (ignoreNulls.kind === "literal" && ignoreNulls.value === false) return bag;
  return call("pack_all ignoring nulls", [bag], node.span);
}

function scalarResult(binding: Binding, node: Syntax): Scalar {
  if (binding.kind === "scalar") return binding.value;
  const first = binding.kind === "tabular" ? binding.rel.columns[0] : undefined;
  if (binding.kind !== "tabular" || first === undefined)
    return refuse("unsupported-syntax", node.span, { construct: "This call", reason: "it gives no value" });
  return { kind: "scalarQuery", query: binding.rel, type: first.type, nullable: first.type !== "string" };
}
