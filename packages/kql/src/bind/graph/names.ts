import { refuse } from "../../diagnostics/diagnostic.ts";
import type { Column } from "../../ir/column.ts";
import { columnRef, type Scalar } from "../../ir/scalar.ts";
import { child, nameOf, type Syntax } from "../../syntax/tree.ts";
import { convertTo } from "../call.ts";
import type { BindContext, Environment, Scope } from "../context.ts";
import { bindPredicate } from "../predicate.ts";
import { argumentsOf } from "../userFunction.ts";
import type { EdgePart, Gathered, NodePart, PathPart, Pattern } from "./parts.ts";

/** Functions that stand in the `where` and `project` of a pattern alone. */
export const graphFunctions: readonly string[] = [
  "all",
  "any",
  "inner_nodes",
  "map",
  "node_degree_in",
  "node_degree_out",
  "node_id",
];

type Part = NodePart | EdgePart | PathPart;

/** The scope of `where` and `project` of a graph operator: properties of the pattern's parts, and graph functions. */
export function patternScope(pattern: Pattern, env: Environment, context: BindContext): Scope {
  const parts = new Map<string, Part>();
  for (const part of [...pattern.nodes, ...pattern.links.map((link) => link.edge)])
    if (part.name !== undefined) parts.set(part.name, part);
  return {
    columns: [],
    env,
    context,
    special: (path) => property(path, parts, context),
    intercept: (node, scope) => graphFunction(node, parts, scope),
  };
}

/** `part.property`; along a path, the property of each edge. */
function property(path: string, parts: ReadonlyMap<string, Part>, context: BindContext): Scalar | undefined {
  for (const [name, part] of parts) {
    if (!path.startsWith(`${name}.`)) continue;
    const columns = part.kind === "path" ? part.edge.columns : part.columns;
    const column = columns.find((item) => item.name === path.slice(name.length + 1));
    if (column === undefined) continue;
    return part.kind === "path" ? gather(part, "edges", "list", columnRef(column), context) : columnRef(column);
  }
  return undefined;
}

function graphFunction(node: Syntax, parts: ReadonlyMap<string, Part>, scope: Scope): Scalar | undefined {
  if (node.kind === "NameReference" && parts.has(nameOf(node)))
    return refuse("unsupported-syntax", node.span, {
      construct: `'${nameOf(node)}' as a whole`,
      reason: "name the properties that are wanted",
    });
  if (node.kind !== "FunctionCallExpression") return undefined;
  const name = nameOf(child(node, "Name"));
  switch (name) {
    case "all":
    case "any":
    case "map":
      return overPath(name, node, parts, scope);
    case "array_length": {
      const part = partAt(argumentsOf(node)[0], parts);
      return part?.kind === "path" ? columnRef(part.length) : undefined;
    }
    default:
      return ofNode(name, node, partAt(argumentsOf(node)[0], parts), scope);
  }
}

function partAt(node: Syntax | undefined, parts: ReadonlyMap<string, Part>): Part | undefined {
  return node?.kind === "NameReference" ? parts.get(nameOf(node)) : undefined;
}

function overPath(name: string, node: Syntax, parts: ReadonlyMap<string, Part>, scope: Scope): Scalar {
  const target = pathAt(node, parts);
  const how = name === "map" ? "list" : name === "all" ? "all" : "any";
  return gather(target.path, target.over, how, elementValue(node, target, parts, scope), scope.context);
}

interface PathTarget {
  readonly path: PathPart;
  readonly over: Gathered["over"];
}

/** The path that the first argument of `all`, `any` or `map` names, and whether its inner nodes are meant. */
function pathAt(node: Syntax, parts: ReadonlyMap<string, Part>): PathTarget {
  const [first] = argumentsOf(node);
  const inner = first?.kind === "FunctionCallExpression" && nameOf(child(first, "Name")) === "inner_nodes";
  const path = partAt(inner ? argumentsOf(first)[0] : first, parts);
  if (path?.kind === "path") return { path, over: inner ? "inner nodes" : "edges" };
  return refuse("unsupported-argument", node.span, {
    name: nameOf(child(node, "Name")),
    argument: first?.text ?? "no argument",
    reason: "it goes over an edge of variable length",
  });
}

/** The second argument, over the columns of one edge or inner node. */
function elementValue(
  node: Syntax,
  { path, over }: PathTarget,
  parts: ReadonlyMap<string, Part>,
  scope: Scope,
): Scalar {
  const value = argumentsOf(node)[1];
  if (value === undefined) return refuse("not-a-constant", node.span, { name: "map", what: "its expression" });
  const element: Scope = {
    columns: over === "edges" ? path.edge.columns : path.inner.columns,
    env: scope.env,
    context: scope.context,
    special: (at) => foreign(at, value, parts),
    intercept: (at, own) => {
      if (at.kind !== "FunctionCallExpression") return undefined;
      return ofNode(nameOf(child(at, "Name")), at, over === "edges" ? undefined : path.inner, own);
    },
  };
  return nameOf(child(node, "Name")) === "map" ? scope.context.scalar(value, element) : bindPredicate(value, element);
}

function foreign(path: string, node: Syntax, parts: ReadonlyMap<string, Part>): undefined {
  const [owner = ""] = path.split(".");
  if (!path.includes(".") || !parts.has(owner)) return undefined;
  return refuse("unsupported-syntax", node.span, {
    construct: `'${path}' inside an expression over a path`,
    reason: "only properties of the element itself can stand there",
  });
}

/** Functions of one node. */
function ofNode(name: string, node: Syntax, part: Part | undefined, scope: Scope): Scalar | undefined {
  switch (name) {
    case "node_id":
      if (part?.kind !== "node") return needsNode(name, node);
      return convertTo(columnRef(part.key), "string", node.span);
    case "node_degree_in":
    case "node_degree_out":
      if (part?.kind !== "node") return needsNode(name, node);
      return columnRef(degree(part, name === "node_degree_in" ? "in" : "out", scope.context));
    case "labels":
      return refuse("unsupported-function", node.span, { name, reason: "only stored graph models have labels" });
    default:
      return undefined;
  }
}

function needsNode(name: string, node: Syntax): never {
  return refuse("unsupported-argument", node.span, { name, argument: "this argument", reason: "it is no node" });
}

function degree(part: NodePart, way: "in" | "out", context: BindContext): Column {
  const made = part.degrees.get(way) ?? context.newColumn(`$degree_${way}`, "long", false);
  part.degrees.set(way, made);
  return made;
}

function gather(
  path: PathPart,
  over: Gathered["over"],
  how: Gathered["how"],
  value: Scalar,
  context: BindContext,
): Scalar {
  const column = context.newColumn(`$${how}`, how === "list" ? "dynamic" : "bool", false);
  path.gathered.push({ column, over, how, value });
  return columnRef(column);
}

/** The conditions of `where`; an `all()` that stands alone is checked while its path grows. */
export function conditionsOf(node: Syntax, pattern: Pattern, scope: Scope): readonly Scalar[] {
  if (node.kind === "ParenthesizedExpression") return conditionsOf(child(node, "Expression"), pattern, scope);
  if (node.kind === "AndExpression")
    return ["Left", "Right"].flatMap((side) => conditionsOf(child(node, side), pattern, scope));
  if (node.kind !== "FunctionCallExpression" || nameOf(child(node, "Name")) !== "all")
    return [bindPredicate(node, scope)];
  const parts = new Map<string, Part>();
  for (const { edge } of pattern.links) if (edge.name !== undefined) parts.set(edge.name, edge);
  const target = pathAt(node, parts);
  const each = target.over === "edges" ? target.path.eachEdge : target.path.eachInner;
  each.push(elementValue(node, target, parts, scope));
  return [];
}
