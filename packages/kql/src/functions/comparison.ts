import type { LiteralValue } from "../ir/scalar.ts";
import type { SqlExpr } from "../sql/ast.ts";
import {
  and,
  call,
  cast,
  choose,
  distinct,
  equal,
  greater,
  greaterOrEqual,
  isNull,
  lambda,
  less,
  lessOrEqual,
  list,
  membership,
  negate,
  not,
  notDistinct,
  nothing,
  once,
  or,
  subtract,
  text,
  unequal,
} from "../sql/build.ts";
import {
  type CallFacts,
  type Fold,
  type OverloadRow,
  type ScalarFunction,
  scalarFunction,
  typed,
  unsupported,
} from "./define.ts";

/** As Kusto's own refusal has it; a bare null is no such value. */
const bothDynamic = (name: string): OverloadRow => ({
  signature: `${name}(a: dynamic, b: dynamic): bool`,
  lower: {
    duckdb: unsupported("Kusto compares no two dynamic values; convert them with tostring(), tolong() or the like"),
  },
});

/** `==`: false when one side is null, null when both are. */
export function equals(facts: CallFacts, a: SqlExpr, b: SqlExpr): SqlExpr {
  const [left = true, right = true] = facts.nullable;
  const guarded = facts.types[0] === "real" ? (x: SqlExpr) => notNan(x, a, b) : (x: SqlExpr) => x;
  if (!left && !right) return guarded(equal(a, b));
  if (!left || !right) return guarded(notDistinct(a, b));
  return bothNull(a, b, guarded(notDistinct(a, b)));
}

/** `!=`: true when one side is null, null when both are. */
export function differs(facts: CallFacts, a: SqlExpr, b: SqlExpr): SqlExpr {
  const [left = true, right = true] = facts.nullable;
  const guarded = facts.types[0] === "real" ? (x: SqlExpr) => orNan(x, a, b) : (x: SqlExpr) => x;
  if (!left && !right) return guarded(unequal(a, b));
  if (!left || !right) return guarded(distinct(a, b));
  return bothNull(a, b, guarded(distinct(a, b)));
}

function bothNull(a: SqlExpr, b: SqlExpr, otherwise: SqlExpr): SqlExpr {
  return choose(and(isNull(a), isNull(b)), nothing("BOOLEAN"), otherwise);
}

const isNan = (x: SqlExpr): SqlExpr => call("isnan", x);
const plainNumber = (x: SqlExpr): boolean =>
  x.kind === "value" && typeof x.value === "number" && !Number.isNaN(x.value);

/** DuckDB counts NaN as equal to itself and greater than all; Kusto compares it as false. */
function notNan(comparison: SqlExpr, a: SqlExpr, b: SqlExpr): SqlExpr {
  const guards = [a, b]
    .filter((x) => !plainNumber(x))
    .map((x) => call("coalesce", not(isNan(x)), { kind: "value", value: true }));
  return and(comparison, ...guards);
}

function orNan(comparison: SqlExpr, a: SqlExpr, b: SqlExpr): SqlExpr {
  const guards = [a, b]
    .filter((x) => !plainNumber(x))
    .map((x) => call("coalesce", isNan(x), { kind: "value", value: false }));
  return or(comparison, ...guards);
}

type Compare = (a: SqlExpr, b: SqlExpr) => SqlExpr;

/** The same order over values: whole numbers, reals and ticks. */
type Order = (a: bigint | number, b: bigint | number) => boolean;

const folds =
  (order: Order, read: (value: NonNullable<LiteralValue>) => bigint | number): Fold =>
  (a, b) =>
    order(read(a), read(b));

const whole = (value: NonNullable<LiteralValue>): bigint => BigInt(value);

function ordering(name: string, compare: Compare, order: Order): ScalarFunction {
  const plain = { duckdb: compare };
  const real = { duckdb: (a: SqlExpr, b: SqlExpr) => once(a, (x) => once(b, (y) => notNan(compare(x, y), x, y))) };
  return scalarFunction({
    name,
    summary: "Order of two values; null compares as null.",
    overloads: [
      { signature: `${name}(a: long, b: long): bool`, nulls: "propagate", lower: plain, fold: folds(order, whole) },
      { signature: `${name}(a: real, b: real): bool`, nulls: "propagate", lower: real, fold: folds(order, Number) },
      { signature: `${name}(a: decimal, b: decimal): bool`, nulls: "propagate", lower: plain },
      {
        signature: `${name}(a: datetime, b: datetime): bool`,
        nulls: "propagate",
        lower: plain,
        fold: folds(order, whole),
      },
      {
        signature: `${name}(a: timespan, b: timespan): bool`,
        nulls: "propagate",
        lower: plain,
        fold: folds(order, whole),
      },
      { signature: `${name}(a: string, b: string): bool`, nulls: "propagate", lower: plain },
      { signature: `${name}(a: bool, b: bool): bool`, nulls: "propagate", lower: plain },
      { signature: `${name}(a: guid, b: guid): bool`, nulls: "propagate", lower: plain },
      bothDynamic(name),
    ],
  });
}

function between(name: string, negate: boolean): ScalarFunction {
  const test = (value: SqlExpr, low: SqlExpr, high: SqlExpr): SqlExpr => {
    const inside = once(value, (x) => and(greaterOrEqual(x, low), lessOrEqual(x, high)));
    return negate ? not(inside) : inside;
  };
  return scalarFunction({
    name,
    summary: "Whether a value lies between two bounds, both included.",
    overloads: ["long", "real", "decimal", "datetime", "timespan", "string"].map((type) => ({
      signature: `${name}(value: ${type}, low: ${type}, high: ${type}): bool`,
      nulls: "propagate" as const,
      lower: { duckdb: test },
    })),
  });
}

/** A type in which differences of the values don't overflow. */
const wide = (type = "real"): "DOUBLE" | "HUGEINT" => (type === "real" ? "DOUBLE" : "HUGEINT");

const lower = (x: SqlExpr): SqlExpr => call("lower", x);

function memberOf(name: string, negate: boolean, caseless: boolean): ScalarFunction {
  const found = (facts: CallFacts, value: SqlExpr, ...items: readonly SqlExpr[]): SqlExpr => {
    const fold = caseless ? lower : (x: SqlExpr) => x;
    const values = items.filter((item) => !(item.kind === "value" && item.value === null));
    const inside = membership(fold(value), values.map(fold));
    const total = facts.nullable.some((nullable) => nullable)
      ? call("coalesce", inside, { kind: "value", value: false })
      : inside;
    return negate ? not(total) : total;
  };
  return scalarFunction({
    name,
    summary: "Whether a value is among others; a null is not.",
    overloads: (caseless
      ? ["string"]
      : ["string", "long", "real", "decimal", "datetime", "timespan", "bool", "guid"]
    ).map((type) => ({
      signature: `${name}(value: ${type}, ...items: ${type}): bool`,
      nulls: "never" as const,
      lower: { duckdb: typed(found) },
    })),
  });
}

/** Whether a dynamic array that varies by row holds a value; anything but an array holds itself. */
function memberOfArray(name: string, negate: boolean, caseless: boolean): ScalarFunction {
  const fold = caseless ? lower : (x: SqlExpr) => x;
  const found = (value: SqlExpr, array: SqlExpr): SqlExpr => {
    const texts = call("json_extract_string", array, text("$[*]"));
    const items = choose(
      equal(call("json_type", array), text("ARRAY")),
      texts,
      list(call("json_extract_string", array, text("$"))),
    );
    const held = call("list_contains", caseless ? call("list_transform", items, lambda(fold)) : items, fold(value));
    const total = call("coalesce", held, { kind: "value", value: false });
    return negate ? not(total) : total;
  };
  return scalarFunction({
    name,
    summary: "Whether an array holds the text of a value.",
    signature: `${name}(value: string, array: dynamic): bool`,
    nulls: "never",
    lower: { duckdb: found },
  });
}

export const comparison: readonly ScalarFunction[] = [
  scalarFunction({
    name: "==",
    summary: "Equality; case-sensitive on strings.",
    overloads: [bothDynamic("=="), { signature: "==(a: T, b: T): bool", lower: { duckdb: typed(equals) } }],
  }),
  scalarFunction({
    name: "!=",
    summary: "Inequality; case-sensitive on strings.",
    overloads: [bothDynamic("!="), { signature: "!=(a: T, b: T): bool", lower: { duckdb: typed(differs) } }],
  }),
  scalarFunction({
    name: "=~",
    summary: "Equality of strings, letter case aside.",
    signature: "=~(a: string, b: string): bool",
    nulls: "never",
    lower: { duckdb: (a, b) => equal(lower(a), lower(b)) },
  }),
  scalarFunction({
    name: "!~",
    summary: "Inequality of strings, letter case aside.",
    signature: "!~(a: string, b: string): bool",
    nulls: "never",
    lower: { duckdb: (a, b) => unequal(lower(a), lower(b)) },
  }),
  ordering("<", less, (a, b) => a < b),
  ordering("<=", lessOrEqual, (a, b) => a <= b),
  ordering(">", greater, (a, b) => a > b),
  ordering(">=", greaterOrEqual, (a, b) => a >= b),
  scalarFunction({
    name: "around",
    summary: "Whether a value lies within a distance of another, both ends included.",
    overloads: [
      ["long", "long"],
      ["real", "real"],
      ["datetime", "timespan"],
      ["timespan", "timespan"],
    ].map(([type, distance]) => ({
      signature: `around(value: ${type}, centre: ${type}, distance: ${distance}): bool`,
      nulls: "propagate" as const,
      lower: {
        duckdb: (value: SqlExpr, centre: SqlExpr, distance: SqlExpr) =>
          once(distance, (by) =>
            once(subtract(cast(value, wide(type)), cast(centre, wide(type))), (off) =>
              and(lessOrEqual(negate(cast(by, wide(type))), off), lessOrEqual(off, by)),
            ),
          ),
      },
    })),
    examples: [["around(datetime(2021-01-01 01:29), datetime(2021-01-01 01:30), 1m)", "true", "the ends count"]],
  }),
  between("between", false),
  between("!between", true),
  memberOf("in", false, false),
  memberOf("!in", true, false),
  memberOf("in~", false, true),
  memberOf("!in~", true, true),
  memberOfArray("in array", false, false),
  memberOfArray("!in array", true, false),
  memberOfArray("in~ array", false, true),
  memberOfArray("!in~ array", true, true),
];
