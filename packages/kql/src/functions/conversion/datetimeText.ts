import type { SqlExpr } from "../../sql/ast.ts";
import { call, cast, number, quotient, remainder, subtract, text } from "../../sql/build.ts";

/** Microseconds from 0001-01-01 to 1970-01-01. */
const EPOCH = number(62_135_596_800_000_000n);

/** Kusto's text of a datetime, `2020-01-01T00:00:00.0000000Z`; the engine's clock stops at microseconds. */
export function datetimeText(ticks: SqlExpr): SqlExpr {
  const micros = call("make_timestamp", subtract(quotient(ticks, number(10)), EPOCH));
  const start = call("strftime", micros, text("%Y-%m-%dT%H:%M:%S.%f"));
  return joined(joined(start, cast(remainder(ticks, number(10)), "VARCHAR")), text("Z"));
}

function joined(a: SqlExpr, b: SqlExpr): SqlExpr {
  return { kind: "operation", operator: "||", args: [a, b] };
}
