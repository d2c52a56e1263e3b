import { refuse } from "../diagnostics/diagnostic.ts";
import { windowFunctionNamed } from "../functions/windows/index.ts";
import { columnRef, type LiteralValue, literal, type Scalar } from "../ir/scalar.ts";
import { child, list, nameOf, type Syntax } from "../syntax/tree.ts";
import { call, convertTo } from "./call.ts";
import { bindConditional } from "./conditional.ts";
import { type Binding, lookUp, type Scope } from "./context.ts";
import { impliedName } from "./named.ts";
import { optionName } from "./options.ts";
import { isTabular } from "./subquery.ts";
import { tupleItems } from "./tuple.ts";
import { argumentsOf, callUserFunction, typeNamed } from "./userFunction.ts";

/** Functions that a scope must answer rather than a row of the registry. */
const special: Readonly<Record<string, (node: Syntax, scope: Scope) => Scalar>> = {
  now: bindNow,
  ago: (node, scope) => call("-", [literal("datetime", scope.context.now), argument(node, 0, scope)], node.span),
  column_ifexists: bindColumnIfExists,
  columnifexists: bindColumnIfExists,
  iscolumnexists: (node, scope) => {
    const name = constantArgument(node, 0, scope, "the column's name");
    return literal(
      "bool",
      scope.columns.some((column) => column.name === name),
    );
  },
  assert: bindAssert,
  bin_auto: bindBinAuto,
  case: bindConditional,
  iff: bindConditional,
  iif: bindConditional,
  datetime_diff: bindDatetimeDiff,
  pack_all: bindPackAll,
  bag_pack_columns: bindPackColumns,
  column_names_of: bindColumnNames,
  percentile_tdigest: bindPercentileTdigest,
  extract: (node, scope) => bindTyped(node, 3, scope),
  extract_json: (node, scope) => bindTyped(node, 2, scope),
  extractjson: (node, scope) => bindTyped(node, 2, scope),
  geo_info_from_ip_address: bindPlace,
  ingestion_time: (_node, scope) => {
    const found = scope.columns.find((column) => column.name === "_TimeReceived" || column.name === "TimeGenerated");
    return found === undefined ? literal("datetime", null) : columnRef(found);
  },
};

/** The names of the functions that no row of the registry holds; the support matrix needs them. */
export const specialFunctions: readonly string[] = [...Object.keys(special), "row_window_session"];

/** A call in a scalar expression: of the registry, of a window function, or of a user-defined function. */
export function bindFunctionCall(node: Syntax, scope: Scope): Scalar {
  const name = nameOf(child(node, "Name"));
  const body = node.body?.();
  if (body !== undefined) return scalarResult(callUserFunction(node, body, scope), node);
  const own = special[name];
  if (own !== undefined) return own(node, scope);
  if (windowFunctionNamed(name) !== undefined || name === "row_window_session") return bindWindow(name, node, scope);
  const [first] = tupleItems(node, scope) ?? [];
  if (first !== undefined) return first.value;
  const args = argumentsOf(node).map((arg) => scope.context.scalar(arg, scope));
  return call(name, args, node.span);
}

function bindPlace(node: Syntax, scope: Scope): Scalar {
  if (scope.context.placesOfAddresses) return call("geo_info_from_ip_address", [argument(node, 0, scope)], node.span);
  return refuse("could-not-look", node.span, {
    name: "geo_info_from_ip_address()",
    reason: "no database tells where addresses are",
    next: "Name a MaxMind database of cities, such as GeoLite2-City.mmdb, with --geo.",
  });
}

function argument(node: Syntax, index: number, scope: Scope): Scalar {
  const arg = argumentsOf(node)[index];
  return arg === undefined ? literal("dynamic", null) : scope.context.scalar(arg, scope);
}

function constantArgument(node: Syntax, index: number, scope: Scope, what: string): LiteralValue {
  const found = argument(node, index, scope);
  if (found.kind === "literal") return found.value;
  return refuse("not-a-constant", node.span, { name: nameOf(child(node, "Name")), what });
}

/** A condition that must hold before the query runs. */
function bindAssert(node: Syntax, scope: Scope): Scalar {
  if (constantArgument(node, 0, scope, "the condition") === true) return literal("bool", true);
  const message = String(constantArgument(node, 1, scope, "the message"));
  return refuse("unsupported-argument", node.span, { name: "assert", argument: "a false condition", reason: message });
}

/** The size of its bins, and one of their borders, stand in `set` statements. */
function bindBinAuto(node: Syntax, scope: Scope): Scalar {
  const option = (name: string): Scalar | undefined => {
    const found = lookUp(scope.env, optionName(name));
    return found?.kind === "scalar" ? found.value : undefined;
  };
  const [size, at] = [option("query_bin_auto_size"), option("query_bin_auto_at")];
  if (size === undefined)
    return refuse("unsupported-argument", node.span, {
      name: "bin_auto",
      argument: "no 'set query_bin_auto_size=…'",
      reason: "that statement says how large its bins are",
    });
  const value = argument(node, 0, scope);
  return at === undefined ? call("bin", [value, size], node.span) : call("bin_at", [value, size, at], node.span);
}

function bindNow(node: Syntax, scope: Scope): Scalar {
  const now = literal("datetime", scope.context.now);
  return argumentsOf(node).length === 0 ? now : call("+", [now, argument(node, 0, scope)], node.span);
}

/** `extract(…, typeof(long))`: the text that is found, as that type. */
function bindTyped(node: Syntax, count: number, scope: Scope): Scalar {
  const args = argumentsOf(node);
  const found = call(
    nameOf(child(node, "Name")),
    args.slice(0, count).map((arg) => scope.context.scalar(arg, scope)),
    node.span,
  );
  const type = args[count] === undefined ? undefined : list(args[count], "Types")[0];
  return type === undefined ? found : convertTo(found, typeNamed(child(type, "Type").text), node.span);
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

/** `bag_pack_columns(a, b)`: each column under its own name. */
function bindPackColumns(node: Syntax, scope: Scope): Scalar {
  const pairs = argumentsOf(node).flatMap((arg) => {
    const value = scope.context.scalar(arg, scope);
    const name = impliedName(arg);
    if (name === undefined)
      return refuse("not-a-constant", arg.span, { name: "bag_pack_columns", what: "each column" });
    return [literal("string", name), value];
  });
  return call("bag_pack", pairs, node.span);
}

/** `column_names_of(T)` is known before the query runs. */
function bindColumnNames(node: Syntax, scope: Scope): Scalar {
  const [table] = argumentsOf(node);
  if (table === undefined || !isTabular(table, scope))
    return refuse("not-a-constant", node.span, { name: "column_names_of", what: "a table" });
  const { columns } = scope.context.tabular(table, scope.env);
  return literal("dynamic", JSON.stringify(columns.map((column) => column.name)));
}

/** `percentile_tdigest(state, percent, typeof(long))` */
function bindPercentileTdigest(node: Syntax, scope: Scope): Scalar {
  const [state, percent, type] = argumentsOf(node);
  const args = [state, percent].flatMap((arg) => (arg === undefined ? [] : [scope.context.scalar(arg, scope)]));
  const value = call("percentile_tdigest", args, node.span);
  const named = type === undefined ? undefined : list(type, "Types")[0];
  return named === undefined ? value : convertTo(value, typeNamed(child(named, "Type").text), node.span);
}

function scalarResult(binding: Binding, node: Syntax): Scalar {
  if (binding.kind === "scalar") return binding.value;
  const first = binding.kind === "tabular" ? binding.rel.columns[0] : undefined;
  if (binding.kind !== "tabular" || first === undefined)
    return refuse("unsupported-syntax", node.span, { construct: "This call", reason: "it gives no value" });
  return { kind: "scalarQuery", query: binding.rel, type: first.type, nullable: first.type !== "string" };
}
