import type { SqlExpr, SqlType } from "../sql/ast.ts";
import { attempt, call, cases, cast, equal, membership, nothing, once, text, tryCast, yes } from "../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "./define.ts";

/*
 * `mv-expand … to typeof(T)`: unlike `tolong()` and its kin, it converts an element only from the JSON kind that
 * goes with T, so that "2" is no long.
 */
const when = (kinds: readonly string[], of: SqlExpr, value: (of: SqlExpr) => SqlExpr, type: SqlType): SqlExpr =>
  once(of, (json) =>
    cases(
      [
        [
          membership(
            call("json_type", json),
            kinds.map((kind) => text(kind)),
          ),
          value(json),
        ],
      ],
      nothing(type),
    ),
  );

const integers = ["BIGINT", "UBIGINT"];
const numbers = [...integers, "DOUBLE", "HUGEINT"];

const whole = (json: SqlExpr): SqlExpr => attempt(cast(call("trunc", tryCast(json, "DOUBLE")), "BIGINT"));
const long = (json: SqlExpr): SqlExpr => call("coalesce", tryCast(json, "BIGINT"), whole(json));

/** A bag or array without members; all else is one element or more. */
const empty = ["[]", "{}"];

/** Elements of arrays as values of a type; no query can name these. */
export const elements: readonly ScalarFunction[] = [
  scalarFunction({
    name: "has elements",
    signature: "has elements(value: dynamic): bool",
    summary: "Whether mv-expand gives any row for the value; a null gives one.",
    nulls: "never",
    lower: {
      duckdb: (of) =>
        call(
          "coalesce",
          {
            kind: "operation",
            operator: "not",
            args: [
              membership(
                of,
                empty.map((item) => text(item)),
              ),
            ],
          },
          yes,
        ),
    },
  }),
  scalarFunction({
    name: "element to long",
    signature: "element to long(element: dynamic): long",
    summary: "A number without what follows its point; null for all else.",
    lower: { duckdb: (of) => when(numbers, of, (json) => onlyWhole(json), "BIGINT") },
  }),
  scalarFunction({
    name: "element to real",
    signature: "element to real(element: dynamic): real",
    summary: "A number; null for all else.",
    lower: { duckdb: (of) => when(numbers, of, (json) => tryCast(json, "DOUBLE"), "DOUBLE") },
  }),
  scalarFunction({
    name: "element to bool",
    signature: "element to bool(element: dynamic): bool",
    summary: "A truth value or a whole number; null for all else.",
    lower: {
      duckdb: (of) =>
        once(of, (json) =>
          cases(
            [
              [equal(call("json_type", json), text("BOOLEAN")), equal(json, text("true"))],
              [
                membership(
                  call("json_type", json),
                  integers.map((kind) => text(kind)),
                ),
                { kind: "operation", operator: "<>", args: [tryCast(json, "HUGEINT"), cast(text("0"), "HUGEINT")] },
              ],
            ],
            nothing("BOOLEAN"),
          ),
        ),
    },
  }),
  scalarFunction({
    name: "element to text",
    signature: "element to text(element: dynamic): string",
    summary: "A JSON string's text; empty for all else.",
    lower: { duckdb: (of) => when(["VARCHAR"], of, (json) => call("json_extract_string", json, text("$")), "VARCHAR") },
  }),
];

/** Real numbers in an integer's text, such as `1.0`, are cut toward zero rather than rounded. */
function onlyWhole(json: SqlExpr): SqlExpr {
  return cases(
    [
      [
        membership(
          call("json_type", json),
          integers.map((kind) => text(kind)),
        ),
        long(json),
      ],
    ],
    whole(json),
  );
}
