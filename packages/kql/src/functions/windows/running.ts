import type { SqlExpr } from "../../sql/ast.ts";
import { cast, choose, coalesce, constantNumber, distinct, equal, no, number, or } from "../../sql/build.ts";
import { over, upToHere, type WindowFunction } from "./define.ts";

/** What other window functions are made of. */
export const runningFunctions: readonly WindowFunction[] = [
  {
    name: "running count",
    summary: "How often a condition was true up to this row.",
    internal: true,
    plan: (args) => ({ name: "running count", args, partitionBy: [], type: "long", nullable: false }),
    lower: ([condition = number(0)], partitionBy, orderBy) =>
      cast(over("sum", [choose(condition, number(1), number(0))], partitionBy, orderBy, upToHere), "BIGINT"),
  },
  {
    name: "running max",
    summary: "The greatest value up to this row.",
    internal: true,
    plan: (args) => ({ name: "running max", args, partitionBy: [], type: "long", nullable: true }),
    lower: (args, partitionBy, orderBy) => over("max", args, partitionBy, orderBy, upToHere),
  },
  {
    name: "value changes",
    summary: "Whether this row's value differs from that of the row before; true on the first row.",
    internal: true,
    plan: (args) => ({ name: "value changes", args, partitionBy: [], type: "bool", nullable: false }),
    lower: ([value = number(0)], partitionBy, orderBy): SqlExpr =>
      or(
        equal(over("row_number", [], partitionBy, orderBy), number(1)),
        distinct(over("lag", [value], partitionBy, orderBy), value),
      ),
  },
  {
    name: "true nearby",
    summary: "Whether a condition holds in one of the rows from so many before to so many after this one.",
    internal: true,
    plan: (args) => ({ name: "true nearby", args, partitionBy: [], type: "bool", nullable: false }),
    lower: ([condition = number(0), before, after], partitionBy, orderBy) => {
      const rows = (of: SqlExpr | undefined): number => Math.max(0, Math.trunc(constantNumber(of) ?? 0));
      const frame = `rows between ${rows(before)} preceding and ${rows(after)} following`;
      return coalesce(over("bool_or", [condition], partitionBy, orderBy, frame), no);
    },
  },
];
