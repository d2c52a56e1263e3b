import type { KqlType } from "@goshawk/kql";
import { literalOf } from "../literal.ts";
import { cellOf } from "../tables.ts";
import { list, type Tree, whole } from "../tree.ts";
import { type Call, callsGiving, chancy, genericCalls } from "./calls.ts";
import { constantsFor, onlyConstant } from "./constants.ts";
import { type Columns, chance, columnTree, type Grammar, oneOf, times, types } from "./grammar.ts";

/** An expression of `type` over `columns`, as deep as `depth`. */
export function scalar(grammar: Grammar, columns: Columns, type: KqlType, depth: number): Tree {
  if (depth <= 0 || chance(grammar, 15)) return leaf(grammar, columns, type);
  const declared = chance(grammar, 15) ? declaredCall(grammar, columns, type, depth) : undefined;
  if (declared !== undefined) return declared;
  const due = grammar.due.findIndex(({ signature }) => signature.result === type || signature.result === "T");
  const [called] = due < 0 ? [] : grammar.due.splice(due, 1);
  const generic = chance(grammar, 12);
  const call = called ?? oneOf(grammar, generic ? genericCalls : callsGiving(type));
  if (call === undefined) return leaf(grammar, columns, type);
  if (grammar.exact && chancy.has(call.name)) return leaf(grammar, columns, type);
  if (chancy.has(call.name)) grammar.vague.add(call.name);
  return callTree(grammar, columns, call, type, depth);
}

/** A call of a function that a let statement declares. */
function declaredCall(grammar: Grammar, columns: Columns, type: KqlType, depth: number): Tree | undefined {
  const called = oneOf(
    grammar,
    grammar.lets.functions.filter(({ result }) => result === type),
  );
  if (called === undefined) return undefined;
  const args = called.parameters.map((parameter) => scalar(grammar, columns, parameter, depth - 1));
  return whole([`${called.name}(`, list(args, ", ", args.length), ")"], [literalOf(null, type)]);
}

/** A column where there is one, or a literal. */
export function leaf(grammar: Grammar, columns: Columns, type: KqlType): Tree {
  const fitting = columns.filter((column) => column.type === type);
  const column = oneOf(grammar, fitting);
  return column !== undefined && chance(grammar, 75) ? columnTree(column) : literal(grammar, type);
}

export function literal({ random }: Grammar, type: KqlType): string {
  return literalOf(cellOf({ name: "x", type }, random), type);
}

/** A call with arguments of its parameters' types; `shared` is the type that all of its `T` have. */
export function callTree(grammar: Grammar, columns: Columns, call: Call, shared: KqlType, depth: number): Tree {
  const { parameters } = call.signature;
  const args: Tree[] = [];
  for (const parameter of parameters) {
    if (parameter.optional && chance(grammar, 60)) break;
    const count = parameter.rest ? 1 + grammar.random.below(3) : 1;
    for (let index = 0; index < count; index++)
      args.push(argument(grammar, columns, call, parameter, shared, depth - 1));
  }
  const result = call.signature.result === "T" ? shared : call.signature.result;
  return whole(written(call, args), [
    ...sameType(call, args, result),
    literalOf(null, result),
    leaf(grammar, columns, result),
  ]);
}

/** Arguments that have the type of the whole. */
function sameType(call: Call, args: readonly Tree[], result: KqlType): readonly Tree[] {
  return args.filter((_, at) => {
    const parameter = call.signature.parameters[at] ?? call.signature.parameters.at(-1);
    return parameter?.type === result || parameter?.type === "T";
  });
}

function argument(
  grammar: Grammar,
  columns: Columns,
  { name }: Call,
  parameter: Call["signature"]["parameters"][number],
  shared: KqlType,
  depth: number,
): Tree {
  const constants = constantsFor(name, parameter.name);
  if (constants !== undefined && (onlyConstant.has(parameter.name) || chance(grammar, 75)))
    return oneOf(grammar, constants) ?? "";
  const type = typeFor(grammar, parameter.type, shared);
  return scalar(grammar, columns, type, depth);
}

function typeFor(grammar: Grammar, wanted: KqlType | "any" | "T", shared: KqlType): KqlType {
  if (wanted === "T") return shared;
  if (wanted === "any") return grammar.random.pick(types);
  // Kusto widens whole numbers on its own.
  return wanted === "long" && chance(grammar, 20) ? "int" : wanted;
}

function written({ name, shape }: Call, args: readonly Tree[]): readonly Tree[] {
  const [first = "", second = "", third = ""] = args;
  switch (shape) {
    case "call":
      return [`${name}(`, list(args, ", ", args.length), ")"];
    case "infix":
      return ["(", first, ` ${name} `, second, ")"];
    case "between":
      return ["(", first, ` ${name} (`, second, " .. ", third, "))"];
    case "list":
      return ["(", first, ` ${name} (`, list(args.slice(1), ", "), "))"];
    case "minus":
      return ["(-(", first, "))"];
    case "path":
      return ["(", first, ").Name"];
    case "element":
      return ["(", first, ")[", second, "]"];
  }
}

/** Several expressions of random types. */
export function scalars(grammar: Grammar, columns: Columns, count: number, depth: number): readonly Tree[] {
  return times(count, () => scalar(grammar, columns, grammar.random.pick(types), depth));
}
