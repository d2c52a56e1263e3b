import { literal } from "../../ir/scalar.ts";
import type { SqlExpr } from "../../sql/ast.ts";
import { add, cast, coalesce, number, subtract } from "../../sql/build.ts";
import type { KqlType } from "../../values/type.ts";
import { lowInt } from "../conversion/numbers.ts";
import { wrap } from "../long.ts";
import { over, segment, upToHere, type WindowFunction } from "./define.ts";

const runningSums: ReadonlyMap<KqlType, string> = new Map([
  ["int", "running int sum"],
  ["real", "running real sum"],
  ["decimal", "running real sum"],
]);

/** Numbers, ranks and sums along serialized rows, each begun anew where a condition holds. */
export const rankFunctions: readonly WindowFunction[] = [
  {
    name: "row_number",
    summary: "The row's number, counted from a start.",
    plan: ([start = literal("long", 1n), restart], build) => ({
      name: "row_number",
      args: [start],
      partitionBy: segment(restart, build),
      type: "long",
      nullable: false,
    }),
    lower: ([start], partitionBy, orderBy) => {
      const rank = over("row_number", [], partitionBy, orderBy);
      return start === undefined ? rank : add(rank, subtract(start, number(1)));
    },
  },
  {
    name: "row_rank_dense",
    summary: "How many different values there were in a row up to this one.",
    plan: ([value = literal("long", 0n), restart], build) => {
      const stretch = segment(restart, build);
      const changes = build.window("value changes", [value], stretch);
      return { name: "running count", args: [changes], partitionBy: stretch, type: "long", nullable: false };
    },
    lower: unlowered,
  },
  {
    name: "row_rank_min",
    summary: "The number of the first of the rows that hold this value one after another.",
    plan: ([value = literal("long", 0n), restart], build) => {
      const stretch = segment(restart, build);
      const changes = build.window("value changes", [value], stretch);
      const number = build.window("row_number", [literal("long", 1n)], stretch);
      const first = build.call("iff", [changes, number, literal("long", null)]);
      return { name: "running max", args: [first], partitionBy: stretch, type: "long", nullable: true };
    },
    lower: unlowered,
  },
  {
    name: "row_cumsum",
    summary: "The sum up to this row, nulls left out.",
    plan: ([value = literal("long", 0n), restart], build) => ({
      name: runningSums.get(value.type) ?? "row_cumsum",
      args: [value],
      partitionBy: segment(restart, build),
      type: value.type,
      nullable: false,
    }),
    lower: ([value = number(0)], partitionBy, orderBy) =>
      wrap(coalesce(over("sum", [value], partitionBy, orderBy, upToHere), cast(number(0), "HUGEINT"))),
  },
  {
    name: "running int sum",
    summary: "The sum of ints up to this row, itself an int.",
    internal: true,
    plan: (args) => ({ name: "running int sum", args, partitionBy: [], type: "int", nullable: false }),
    lower: ([value = number(0)], partitionBy, orderBy) =>
      lowInt(wrap(coalesce(over("sum", [value], partitionBy, orderBy, upToHere), cast(number(0), "HUGEINT")))),
  },
  {
    name: "running real sum",
    summary: "The sum of real numbers or decimals up to this row.",
    internal: true,
    plan: (args) => ({ name: "running real sum", args, partitionBy: [], type: "real", nullable: false }),
    lower: ([value = number(0)], partitionBy, orderBy) =>
      coalesce(over("sum", [value], partitionBy, orderBy, upToHere), number(0)),
  },
];

/** These give the result of another window function. */
function unlowered(): SqlExpr {
  return number(0);
}
