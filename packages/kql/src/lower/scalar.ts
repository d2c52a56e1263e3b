import { InvariantError } from "../diagnostics/diagnostic.ts";
import type { Lowering, TypedLowering } from "../functions/define.ts";
import { scalarFunctionNamed } from "../functions/registry.ts";
import type { Rel } from "../ir/rel.ts";
import type { Call, Literal, Scalar } from "../ir/scalar.ts";
import type { SqlExpr, SqlQuery, SqlType } from "../sql/ast.ts";
import { call, cast, coalesce, column, constantText, equal, text, value } from "../sql/build.ts";
import type { KqlType } from "../values/type.ts";

/** How a column of the input is written where an expression stands, and how queries inside it are lowered. */
export interface LowerScope {
  column(id: number): SqlExpr;
  query(rel: Rel): SqlQuery;
}

/** The SQL type that holds a Kusto type. */
export const sqlTypes: Readonly<Record<KqlType, SqlType>> = {
  bool: "BOOLEAN",
  int: "BIGINT",
  long: "BIGINT",
  real: "DOUBLE",
  decimal: "DECIMAL",
  datetime: "BIGINT",
  timespan: "BIGINT",
  string: "VARCHAR",
  guid: "VARCHAR",
  dynamic: "VARCHAR",
};

/** The name of a column in SQL. */
export function sqlName(id: number): string {
  return `c${id}`;
}

/** A scalar expression in SQL. */
export function lowerScalar(expr: Scalar, scope: LowerScope): SqlExpr {
  switch (expr.kind) {
    case "column":
      return expr.type === "string" && expr.nullable
        ? coalesce(scope.column(expr.id), text(""))
        : scope.column(expr.id);
    case "literal":
      return lowerLiteral(expr);
    case "call":
      return lowerCall(expr, scope);
    case "scalarQuery": {
      const query: SqlExpr = { kind: "subquery", query: firstCell(expr.query, scope) };
      return expr.type === "string" ? coalesce(query, text("")) : query;
    }
    case "inQuery": {
      const fold = (of: SqlExpr): SqlExpr => (expr.caseSensitive ? of : call("lower", of));
      const found: SqlExpr = {
        kind: "membership",
        arg: fold(lowerScalar(expr.value, scope)),
        items: firstColumn(expr.query, scope, fold),
      };
      return coalesce(found, value(false));
    }
  }
}

/** The first column of the first row in the order of the rows. */
function firstCell(query: Rel, scope: LowerScope): SqlQuery {
  const [first] = query.columns;
  if (first === undefined) throw new InvariantError("a table without columns stands in toscalar()");
  return {
    kind: "select",
    items: [{ value: column(sqlName(first.id)), alias: "value" }],
    from: { kind: "derived", query: scope.query(query), alias: "q" },
    orderBy: query.ordering.map((key) => ({
      value: column(sqlName(key.column)),
      descending: key.descending,
      nullsFirst: key.nullsFirst,
    })),
    limit: value(1n),
  };
}

function firstColumn(query: Rel, scope: LowerScope, fold: (of: SqlExpr) => SqlExpr): SqlQuery {
  const [first] = query.columns;
  if (first === undefined) throw new InvariantError("a table without columns stands after 'in'");
  const source = column(sqlName(first.id));
  return {
    kind: "select",
    items: [{ value: fold(source), alias: "value" }],
    from: { kind: "derived", query: scope.query(query), alias: "q" },
    where: { kind: "operation", operator: "is not null", args: [source] },
  };
}

function lowerLiteral(literal: Literal): SqlExpr {
  if (literal.value === null) return value(null, sqlTypes[literal.type]);
  switch (literal.type) {
    case "real":
      return value(Number(literal.value));
    case "decimal":
      return cast(text(String(literal.value)), "DECIMAL");
    case "int":
    case "long":
    case "datetime":
    case "timespan":
      return cast64(literal.value);
    case "bool":
    case "string":
    case "guid":
    case "dynamic":
      return value(literal.value);
  }
}

/** DuckDB reads small integers as INTEGER; sums of such would overflow at 32 bits. */
function cast64(of: Literal["value"]): SqlExpr {
  return value(typeof of === "bigint" ? of : BigInt(String(of)), "BIGINT");
}

function lowerCall(expr: Call, scope: LowerScope): SqlExpr {
  const row = scalarFunctionNamed(expr.name);
  const lower = row?.kind === "scalar" ? row.overloads[expr.overload]?.lower.duckdb : undefined;
  if (lower === undefined || "unsupported" in lower) throw new InvariantError(`no lowering for ${expr.name}`);
  const args = expr.args.map((arg) => asArgument(lowerScalar(arg, scope)));
  return total(expr, apply(lower, expr, args));
}

function apply(lower: Lowering | TypedLowering, expr: Call, args: readonly SqlExpr[]): SqlExpr {
  if (!("typed" in lower)) return lower(...args);
  const facts = {
    types: expr.args.map((arg) => arg.type),
    nullable: expr.args.map((arg) => arg.nullable),
    origin: expr.origin,
  };
  return lower.typed(facts, ...args);
}

/** A string is never null. */
function total(expr: Call, lowered: SqlExpr): SqlExpr {
  if (expr.type !== "string") return lowered;
  const row = scalarFunctionNamed(expr.name);
  const nulls = row?.kind === "scalar" ? row.overloads[expr.overload]?.nulls : "possible";
  const never = nulls === "never" || (nulls === "propagate" && !expr.args.some((arg) => arg.nullable));
  return never ? lowered : coalesce(lowered, text(""));
}

/** DuckDB works out calls within calls once for each entry of a dictionary; `coalesce()` between them would end that. */
function asArgument(arg: SqlExpr): SqlExpr {
  if (arg.kind !== "call" || arg.name !== "coalesce" || arg.args.length !== 2) return arg;
  const [of, otherwise] = arg.args;
  return of?.kind === "call" && constantText(otherwise) === "" ? call("concat", of) : arg;
}

/** Equality of join keys: null matches null. */
export function keysEqual(left: SqlExpr, right: SqlExpr, nullable: boolean): SqlExpr {
  return nullable ? { kind: "operation", operator: "is not distinct from", args: [left, right] } : equal(left, right);
}
