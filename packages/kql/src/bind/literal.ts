import { refuse } from "../diagnostics/diagnostic.ts";
import { type Literal, literal } from "../ir/scalar.ts";
import { child, type Syntax, walkSyntax } from "../syntax/tree.ts";
import { holdsDecimal, KEPT } from "../values/decimal.ts";
import { jsonText } from "../values/json.ts";
import { parseDatetime } from "../values/parseDatetime.ts";
import { parseTimespan } from "../values/parseTimespan.ts";
import type { KqlType } from "../values/type.ts";

const literalTypes: Readonly<Record<string, KqlType>> = {
  BooleanLiteralExpression: "bool",
  IntLiteralExpression: "int",
  LongLiteralExpression: "long",
  RealLiteralExpression: "real",
  DecimalLiteralExpression: "decimal",
  DateTimeLiteralExpression: "datetime",
  TimespanLiteralExpression: "timespan",
  GuidLiteralExpression: "guid",
  StringLiteralExpression: "string",
};

/** The literal that `node` writes, or undefined where it isn't one. */
export function bindLiteral(node: Syntax): Literal | undefined {
  const type = literalTypes[node.kind];
  if (type !== undefined) return fromToken(type, node);
  if (node.kind === "CompoundStringLiteralExpression") return literal("string", compound(node));
  if (node.kind === "DynamicExpression") return dynamicLiteral(child(node, "Expression"));
  return undefined;
}

function compound(node: Syntax): string {
  return [...walkSyntax(node)].map((part) => (part.kind === "StringLiteralToken" ? part.value : "")).join("");
}

function fromToken(type: KqlType, node: Syntax): Literal {
  const token = child(node, "Token");
  const text = token.value.trim();
  if (type === "string") return literal("string", token.value);
  if (text === "null" || text === "") return literal(type, null);
  const value = parseValue(type, text);
  if (value !== undefined) return literal(type, value);
  return refuse("unsupported-syntax", node.span, {
    construct: `The literal ${token.text}`,
    reason:
      type === "decimal" && decimal.test(text)
        ? "a decimal holds 20 digits before its point and 18 after it here, and more would be lost"
        : `it is not a ${type}`,
  });
}

const decimal = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** The value that `text` writes as a literal of `type`; undefined where it writes none, or one that is not held here. */
export function parseValue(type: KqlType, text: string): Literal["value"] | undefined {
  switch (type) {
    case "bool":
      return /^(true|1)$/i.test(text) ? true : /^(false|0)$/i.test(text) ? false : undefined;
    case "int":
      return integer(text, 32);
    case "long":
      return integer(text, 64);
    case "real":
      return real(text);
    case "decimal":
      return decimal.test(text) && holdsDecimal(text, KEPT) ? text : undefined;
    case "datetime":
      return parseDatetime(text);
    case "timespan":
      return parseTimespan(text);
    case "guid":
      return /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(text) ? guid(text) : undefined;
    case "string":
    case "dynamic":
      return text;
  }
}

function guid(text: string): string {
  const digits = text.replaceAll("-", "").toLowerCase();
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    "-",
  );
}

function integer(text: string, bits: number): bigint | undefined {
  const match = /^([-+]?)(0x[0-9a-f]+|\d+)$/i.exec(text);
  if (match === null) return undefined;
  const size = BigInt(match[2] ?? "0");
  const value = match[1] === "-" ? -size : size;
  const limit = 1n << BigInt(bits - 1);
  return value >= -limit && value < limit ? value : undefined;
}

function real(text: string): number | undefined {
  if (/^[-+]?nan$/i.test(text)) return Number.NaN;
  const infinite = /^([-+]?)inf(inity)?$/i.exec(text);
  if (infinite !== null) return infinite[1] === "-" ? -Infinity : Infinity;
  const value = Number(text);
  return text === "" || Number.isNaN(value) ? undefined : value;
}

function dynamicLiteral(node: Syntax): Literal {
  const text = json(node);
  return literal("dynamic", text === "null" ? null : text);
}

function json(node: Syntax): string {
  switch (node.kind) {
    case "JsonObjectExpression":
      return jsonObject(child(node, "Pairs").items);
    case "JsonArrayExpression":
      return `[${child(node, "Values").items.map(json).join(",")}]`;
    case "NullLiteralExpression":
      return "null";
    case "UnaryMinusExpression":
      return negative(child(node, "Expression"));
    case "UnaryPlusExpression":
      return json(child(node, "Expression"));
    case "DynamicExpression":
      return json(child(node, "Expression"));
  }
  const inner = bindLiteral(node);
  if (inner === undefined)
    return refuse("unsupported-syntax", node.span, {
      construct: `${node.kind} in dynamic()`,
      reason: "only constants can stand there",
    });
  return jsonText(inner.type, inner.value);
}

/** The least long has no positive counterpart, so its digits are not read as a number first. */
function negative(node: Syntax): string {
  return node.kind === "LongLiteralExpression" ? `-${child(node, "Token").value}` : `-${json(node)}`;
}

/** The last of equal keys counts, at the place of the first. */
function jsonObject(pairs: readonly Syntax[]): string {
  const entries = new Map<string, string>();
  for (const pair of pairs) entries.set(child(pair, "Name").value, json(child(pair, "Value")));
  return `{${[...entries].map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(",")}}`;
}
