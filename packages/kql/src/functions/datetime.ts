import type { SqlExpr } from "../sql/ast.ts";
import {
  add,
  call,
  choose,
  less,
  multiply,
  nothing,
  number,
  once,
  quotient,
  remainder,
  subtract,
} from "../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "./define.ts";

/** The greatest multiple of `size` not above `of`; null where size is not positive. */
export function floorTo(of: SqlExpr, size: SqlExpr): SqlExpr {
  return once(of, (x) =>
    once(size, (step) =>
      choose(
        less(number(0), step),
        subtract(x, add(remainder(x, step), choose(less(remainder(x, step), number(0)), step, number(0)))),
        nothing("BIGINT"),
      ),
    ),
  );
}

export const datetimes: readonly ScalarFunction[] = [
  scalarFunction({
    name: "bin",
    aliases: ["floor"],
    summary: "A value rounded down to a multiple of a size, counted from zero or from 0001-01-01.",
    overloads: [
      { signature: "bin(value: long, size: long): long", lower: { duckdb: floorTo } },
      {
        signature: "bin(value: real, size: real): real",
        lower: {
          duckdb: (of, size) =>
            once(size, (step) => multiply(call("floor", { kind: "operation", operator: "/", args: [of, step] }), step)),
        },
      },
      { signature: "bin(value: datetime, size: timespan): datetime", lower: { duckdb: floorTo } },
      { signature: "bin(value: timespan, size: timespan): timespan", lower: { duckdb: floorTo } },
    ],
    examples: [["bin(-5, 2)", "-6", "floor, not cut"]],
  }),
  scalarFunction({
    name: "startofday",
    summary: "Midnight of the day, moved by `offset` days.",
    signature: "startofday(date: datetime, offset?: long): datetime",
    lower: {
      duckdb: (date, offset = number(0)) =>
        add(
          multiply(quotient(date, number(864_000_000_000n)), number(864_000_000_000n)),
          multiply(offset, number(864_000_000_000n)),
        ),
    },
  }),
];
