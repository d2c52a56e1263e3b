import { refuse } from "../../diagnostics/diagnostic.ts";
import { filter, pass, project } from "../../ir/build.ts";
import type { Rel } from "../../ir/rel.ts";
import { columnRef, literal, type Scalar } from "../../ir/scalar.ts";
import { child, list, nameOf, type Syntax } from "../../syntax/tree.ts";
import { call, convertTo } from "../call.ts";
import type { BindContext, Environment } from "../context.ts";
import { bindLiteral } from "../literal.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { namedParameter } from "../parameters.ts";
import { type ParseKind, type ParsePattern, parsePattern } from "../parse/pattern.ts";
import type { Captured, PatternPart } from "../parse/shapes.ts";
import { scopeOf } from "../scope.ts";
import { typeNamed } from "../userFunction.ts";
import { extendWith } from "./extend.ts";

export const parse: TabularOperator = tabularOperator({
  keyword: "parse",
  kinds: ["ParseOperator"],
  bind: (node, input, env, context) => {
    const how = kindOf(node);
    const found = matched(node, input, env, context, parsePattern(partsOf(node), how));
    const valid = how.kind === "relaxed" ? undefined : allValid(found, node);
    const assignments = found.captures.map(({ name, value }) => ({
      name,
      value: valid === undefined ? value : call("iff", [valid, value, literal(value.type, null)], node.span),
    }));
    return extendWith(found.rel, assignments, node, context);
  },
});

export const parseWhere: TabularOperator = tabularOperator({
  keyword: "parse-where",
  kinds: ["ParseWhereOperator"],
  bind: (node, input, env, context) => {
    const how = kindOf(node);
    if (how.kind === "relaxed")
      return refuse("unsupported-argument", node.span, {
        name: "parse-where",
        argument: "kind=relaxed",
        reason: "Kusto takes only simple and regex there",
      });
    const found = matched(node, input, env, context, parsePattern(partsOf(node), how));
    const valid = allValid(found, node);
    const matching = filter(found.rel, found.matches, node.span);
    const rows = valid === undefined ? matching : filter(matching, valid, node.span);
    return extendWith(rows, found.captures, node, context);
  },
});

function kindOf(node: Syntax): ParseKind {
  const kind = namedParameter(node, "kind")?.toLowerCase() ?? "simple";
  const flags = namedParameter(node, "flags") ?? "";
  if (kind !== "simple" && kind !== "relaxed" && kind !== "regex")
    return refuse("unsupported-argument", node.span, {
      name: "parse",
      argument: `kind=${kind}`,
      reason: "there is no such kind",
    });
  if (/[^imsU]/.test(flags))
    return refuse("unsupported-argument", node.span, {
      name: "parse",
      argument: `flags=${flags}`,
      reason: "only i, m, s and U are known",
    });
  return { kind, flags };
}

function partsOf(node: Syntax): readonly PatternPart[] {
  return list(node, "Patterns").map((part): PatternPart => {
    if (part.kind === "StarExpression") return { kind: "star" };
    const text = bindLiteral(part);
    if (text !== undefined) return { kind: "text", text: String(text.value), span: part.span };
    return { kind: "column", column: columnOf(part) };
  });
}

function columnOf(part: Syntax): Captured {
  if (part.kind !== "NameAndTypeDeclaration") return { name: nameOf(part), type: "string", span: part.span };
  const type = typeNamed(child(child(part, "Type"), "Type").text);
  return { name: nameOf(child(part, "Name")), type, span: part.span };
}

/** The input with the match in a hidden column, and what each column makes of it. */
interface Matched {
  readonly rel: Rel;
  readonly matches: Scalar;
  readonly captures: readonly { readonly name: string; readonly value: Scalar }[];
}

function matched(node: Syntax, input: Rel, env: Environment, context: BindContext, pattern: ParsePattern): Matched {
  const text = convertTo(context.scalar(child(node, "Expression"), scopeOf(input, env, context)), "string", node.span);
  const regex = literal("string", pattern.regex);
  const count = literal("long", BigInt(pattern.columns.length));
  const match = call("captures of a match", [text, regex, count], node.span);
  const column = context.newColumn("$match", "dynamic", false);
  const made = project(input, [...input.columns.map(pass), { column, value: match }], node.span);
  const captures = pattern.columns.map(({ name, type, span }, index) => {
    const group = call("captured group", [columnRef(column), literal("long", BigInt(index))], span);
    return { name, value: type === "string" ? group : convertTo(group, type, span) };
  });
  return {
    rel: { ...made, columns: input.columns, hidden: [...made.hidden, column] },
    matches: call("matches pattern", [text, regex], node.span),
    captures,
  };
}

/** Whether every typed column converts: if one does not, the row counts as no match. */
function allValid(found: Matched, node: Syntax): Scalar | undefined {
  const tests = found.captures
    .filter(({ value }) => value.type !== "string" && value.type !== "dynamic")
    .map(({ value }) => call("isnotnull", [value], node.span));
  const [first, ...rest] = tests;
  return first === undefined
    ? undefined
    : rest.reduce<Scalar>((all, test) => call("and", [all, test], node.span), first);
}
