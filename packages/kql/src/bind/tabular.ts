import { refuse } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/span.ts";
import type { Rel } from "../ir/rel.ts";
import { child, nameOf, type Syntax } from "../syntax/tree.ts";
import { type BindContext, type Binding, type Environment, lookUp } from "./context.ts";
import { operatorFor, sourceFor } from "./operators/index.ts";
import { isParserName } from "./outside/parserNames.ts";
import { bindQualified } from "./outside/places.ts";
import { bindParser } from "./outside/sources.ts";
import { callPattern } from "./queryPattern.ts";
import { fresh, readTable } from "./table.ts";
import { callUserFunction } from "./userFunction.ts";

/** Gives a tabular expression its meaning. */
export function bindTabular(node: Syntax, env: Environment, context: BindContext): Rel {
  switch (node.kind) {
    case "PipeExpression":
      return bindOperator(child(node, "Operator"), bindTabular(child(node, "Expression"), env, context), env, context);
    case "ParenthesizedExpression":
    case "MaterializeExpression":
    case "ToTableExpression":
      return bindTabular(child(node, "Expression"), env, context);
    case "NameReference":
      return bindTableName(node, env, context);
    case "FunctionCallExpression":
      return bindTableCall(node, env, context);
    case "PathExpression":
      return bindQualified(node, env, context);
  }
  const source = sourceFor(node.kind);
  if (source !== undefined) return source.bind(node, env, context);
  return refuse("unsupported-syntax", node.span, {
    construct: node.kind,
    reason: "Goshawk has no meaning for it as a table",
  });
}

/** Gives a pipeline of operators that begins without a source its meaning over `input`. */
export function bindPipeline(node: Syntax, input: Rel, env: Environment, context: BindContext): Rel {
  if (node.kind !== "PipeExpression") return bindOperator(node, input, env, context);
  return bindOperator(
    child(node, "Operator"),
    bindPipeline(child(node, "Expression"), input, env, context),
    env,
    context,
  );
}

function bindOperator(node: Syntax, input: Rel, env: Environment, context: BindContext): Rel {
  const operator = operatorFor(node.kind);
  if (operator !== undefined) {
    if (input.graph !== undefined && operator.overGraph !== true) return noTable(node.span);
    return operator.bind(node, input, env, context);
  }
  const name = node.kind.replace(/Operator$/, "");
  return refuse("unsupported-operator", node.span, { name, reason: "Goshawk does not have it yet" });
}

/** Refuses a graph where a table must stand. */
export function noTable(at: Span): never {
  return refuse("unsupported-syntax", at, {
    construct: "A graph as a table",
    reason: "make one of it with graph-match, graph-shortest-paths or graph-to-table",
  });
}

function bindTableName(node: Syntax, env: Environment, context: BindContext): Rel {
  const name = nameOf(node);
  const binding = lookUp(env, name);
  if (binding?.kind === "tabular" && binding.rel.graph !== undefined) return binding.rel;
  if (binding?.kind === "tabular") return fresh(binding.rel, node.span, context);
  const body = node.body?.();
  if (body !== undefined) return calledTable(node, body, env, context);
  const source = node.symbol?.sort === "FunctionSymbol" ? sourceFor(`${name}()`) : undefined;
  return source === undefined ? readTable(name, node.span, context) : source.bind(node, env, context);
}

function bindTableCall(node: Syntax, env: Environment, context: BindContext): Rel {
  const name = nameOf(child(node, "Name"));
  const pattern = lookUp(env, name);
  if (pattern?.kind === "pattern") return tableFrom(callPattern(node, pattern, env, context), node);
  const body = node.body?.();
  if (body === undefined) {
    const source = sourceFor(`${name}()`);
    if (source !== undefined) return source.bind(node, env, context);
    if (isParserName(name)) return bindParser(node, context);
    return refuse("unknown-function", node.span, { name });
  }
  return calledTable(node, body, env, context);
}

function calledTable(node: Syntax, body: Syntax, env: Environment, context: BindContext): Rel {
  return tableFrom(callUserFunction(node, body, { columns: [], env, context }), node);
}

function tableFrom(result: Binding, node: Syntax): Rel {
  if (result.kind === "tabular") return result.rel;
  const name = nameOf(child(node, "Name"));
  return refuse("unsupported-syntax", node.span, { construct: `'${name}' as a table`, reason: "it gives a scalar" });
}
