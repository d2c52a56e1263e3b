import type { SqlCall, SqlCase, SqlExpr, SqlOnce, SqlOperator, SqlOrder, SqlType, SqlValue } from "./ast.ts";

export const column = (name: string, source?: string): SqlExpr =>
  source === undefined ? { kind: "column", name } : { kind: "column", name, source };

export const value = (of: SqlValue["value"], type?: SqlType): SqlValue =>
  type === undefined ? { kind: "value", value: of } : { kind: "value", value: of, type };

/** A whole number. */
export const number = (of: number | bigint): SqlValue => value(BigInt(of));
export const real = (of: number): SqlValue => value(of);
export const text = (of: string): SqlExpr => ({ kind: "constant", text: of });
export const nothing = (type: SqlType): SqlExpr => value(null, type);
export const yes: SqlExpr = value(true);
export const no: SqlExpr = value(false);

export const call = (name: string, ...args: readonly SqlExpr[]): SqlCall => ({ kind: "call", name, args });

export const aggregate = (
  name: string,
  args: readonly SqlExpr[],
  options: {
    readonly filter?: SqlExpr | undefined;
    readonly orderBy?: readonly SqlOrder[];
    readonly distinct?: boolean;
  } = {},
): SqlCall => ({
  kind: "call",
  name,
  args,
  aggregate: true,
  ...(options.filter === undefined ? {} : { filter: options.filter }),
  ...(options.orderBy === undefined || options.orderBy.length === 0 ? {} : { orderBy: options.orderBy }),
  ...(options.distinct === true ? { distinct: true } : {}),
});

const operation = (operator: SqlOperator, ...args: readonly SqlExpr[]): SqlExpr => ({
  kind: "operation",
  operator,
  args,
});

export const add = (a: SqlExpr, b: SqlExpr): SqlExpr => operation("+", a, b);
export const subtract = (a: SqlExpr, b: SqlExpr): SqlExpr => operation("-", a, b);
export const multiply = (a: SqlExpr, b: SqlExpr): SqlExpr => operation("*", a, b);
/** Real division. */
export const divide = (a: SqlExpr, b: SqlExpr): SqlExpr => operation("/", a, b);
/** Integer division toward zero; null by zero. */
export const quotient = (a: SqlExpr, b: SqlExpr): SqlExpr => operation("//", a, b);
export const remainder = (a: SqlExpr, b: SqlExpr): SqlExpr => operation("%", a, b);
export const negate = (a: SqlExpr): SqlExpr => operation("-", a);
export const concat = (...parts: readonly SqlExpr[]): SqlExpr => call("concat", ...parts);
export const equal = (a: SqlExpr, b: SqlExpr): SqlExpr => operation("=", a, b);
export const unequal = (a: SqlExpr, b: SqlExpr): SqlExpr => operation("<>", a, b);
export const less = (a: SqlExpr, b: SqlExpr): SqlExpr => operation("<", a, b);
export const lessOrEqual = (a: SqlExpr, b: SqlExpr): SqlExpr => operation("<=", a, b);
export const greater = (a: SqlExpr, b: SqlExpr): SqlExpr => operation(">", a, b);
export const greaterOrEqual = (a: SqlExpr, b: SqlExpr): SqlExpr => operation(">=", a, b);
export const distinct = (a: SqlExpr, b: SqlExpr): SqlExpr => operation("is distinct from", a, b);
export const notDistinct = (a: SqlExpr, b: SqlExpr): SqlExpr => operation("is not distinct from", a, b);
export const isNull = (a: SqlExpr): SqlExpr => operation("is null", a);
export const isNotNull = (a: SqlExpr): SqlExpr => operation("is not null", a);
export const not = (a: SqlExpr): SqlExpr => operation("not", a);
export const bitAnd = (a: SqlExpr, b: SqlExpr): SqlExpr => operation("&", a, b);
export const bitOr = (a: SqlExpr, b: SqlExpr): SqlExpr => operation("|", a, b);
export const bitNot = (a: SqlExpr): SqlExpr => operation("~", a);
export const shiftLeft = (a: SqlExpr, b: SqlExpr): SqlExpr => operation("<<", a, b);
export const shiftRight = (a: SqlExpr, b: SqlExpr): SqlExpr => operation(">>", a, b);

export function and(...terms: readonly SqlExpr[]): SqlExpr {
  return terms.length === 0 ? yes : terms.reduce((left, right) => operation("and", left, right));
}

export function or(...terms: readonly SqlExpr[]): SqlExpr {
  return terms.length === 0 ? no : terms.reduce((left, right) => operation("or", left, right));
}

export const cast = (arg: SqlExpr, type: SqlType): SqlExpr => ({ kind: "cast", arg, type, lenient: false });
/** The cast, or null where it fails. */
export const tryCast = (arg: SqlExpr, type: SqlType): SqlExpr => ({ kind: "cast", arg, type, lenient: true });
/** The expression, or null where it fails. */
export const attempt = (arg: SqlExpr): SqlExpr => call("try", arg);
export const coalesce = (...args: readonly SqlExpr[]): SqlExpr => call("coalesce", ...args);
export const list = (...items: readonly SqlExpr[]): SqlExpr => ({ kind: "list", items });
export const struct = (fields: Readonly<Record<string, SqlExpr>>): SqlExpr => ({
  kind: "struct",
  fields: Object.entries(fields).map(([name, of]) => ({ name, value: of })),
});
export const field = (arg: SqlExpr, name: string): SqlExpr => ({ kind: "field", arg, name });
export const membership = (arg: SqlExpr, items: readonly SqlExpr[]): SqlExpr => ({ kind: "membership", arg, items });

/** `when` true gives `then`; false or null gives `otherwise`. */
export const choose = (when: SqlExpr, then: SqlExpr, otherwise: SqlExpr): SqlCase => ({
  kind: "case",
  branches: [{ when, value: then }],
  otherwise,
});

export const cases = (branches: readonly (readonly [SqlExpr, SqlExpr])[], otherwise: SqlExpr): SqlCase => ({
  kind: "case",
  branches: branches.map(([when, then]) => ({ when, value: then })),
  otherwise,
});

let serial = 0;

/** A name that no other tree of this process uses. */
export function freshName(prefix: string): string {
  serial = (serial + 1) % 1_000_000_000;
  return `${prefix}${serial}`;
}

/** Restarts the names, so that one query always gives the same SQL. */
export function restartNames(): void {
  serial = 0;
}

/** Names `arg` so that `body` may use it more than once at the cost of one; plain columns and constants need no name. */
export function once(arg: SqlExpr, body: (arg: SqlExpr) => SqlExpr): SqlExpr {
  if (isPlain(arg)) return body(arg);
  const name = freshName("o");
  const node: SqlOnce = { kind: "once", name, value: arg, body: body(column(name)) };
  return node;
}

/** Columns, constants and their fields need no name. */
function isPlain(arg: SqlExpr): boolean {
  if (arg.kind === "field") return isPlain(arg.arg);
  return arg.kind === "column" || arg.kind === "value" || arg.kind === "constant";
}

/** A lambda of one parameter. */
export function lambda(body: (item: SqlExpr) => SqlExpr): SqlExpr {
  const name = freshName("x");
  return { kind: "lambda", parameters: [name], body: body(column(name)) };
}

/** The text of a constant argument, or undefined when the argument varies by row. */
export function constantText(arg: SqlExpr | undefined): string | undefined {
  if (arg?.kind === "constant") return arg.text;
  return arg?.kind === "value" && typeof arg.value === "string" ? arg.value : undefined;
}

/** The number of a constant argument, or undefined when the argument varies by row. */
export function constantNumber(arg: SqlExpr | undefined): number | undefined {
  if (arg?.kind !== "value") return undefined;
  return typeof arg.value === "bigint" || typeof arg.value === "number" ? Number(arg.value) : undefined;
}
