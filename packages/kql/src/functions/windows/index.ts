import { diagnostic, Refusal } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../diagnostics/span.ts";
import { literal, type Scalar } from "../../ir/scalar.ts";
import type { SqlExpr, SqlOrder, SqlOver } from "../../sql/ast.ts";
import { add, call, number } from "../../sql/build.ts";
import type { KqlType } from "../../values/type.ts";

/** A window function once its arguments are known. */
export interface WindowPlan {
  readonly args: readonly Scalar[];
  readonly partitionBy: readonly Scalar[];
  readonly type: KqlType;
  readonly nullable: boolean;
}

/** A function of the rows around a row, over serialized rows. */
export interface WindowFunction {
  readonly name: string;
  readonly summary: string;
  plan(args: readonly Scalar[], origin: Span): WindowPlan;
  lower(args: readonly SqlExpr[], partitionBy: readonly SqlExpr[], orderBy: readonly SqlOrder[]): SqlExpr;
}

const over = (
  name: string,
  args: readonly SqlExpr[],
  partitionBy: readonly SqlExpr[],
  orderBy: readonly SqlOrder[],
  frame?: string,
): SqlOver => ({
  kind: "over",
  call: call(name, ...args),
  partitionBy,
  orderBy,
  ...(frame === undefined ? {} : { frame }),
});

function neighbour(name: "prev" | "next"): WindowFunction {
  return {
    name,
    summary: `The value of a column in a ${name === "prev" ? "previous" : "next"} row.`,
    plan: (args) => {
      const [value = literal("dynamic", null), offset, otherwise] = args;
      return {
        args: [value, offset ?? literal("long", 1n), otherwise ?? literal(value.type, null)],
        partitionBy: [],
        type: value.type,
        nullable: value.type !== "string",
      };
    },
    lower: (args, partitionBy, orderBy) => over(name === "prev" ? "lag" : "lead", args, partitionBy, orderBy),
  };
}

const windowFunctions: readonly WindowFunction[] = [
  neighbour("prev"),
  neighbour("next"),
  {
    name: "row_number",
    summary: "The row's number.",
    plan: (args, origin) => {
      const [start = literal("long", 1n), restart] = args;
      if (restart !== undefined && !(restart.kind === "literal" && restart.value === false))
        throw new Refusal(
          diagnostic("unsupported-argument", origin, {
            name: "row_number",
            argument: "a restart",
            reason: "Goshawk does not have it yet",
          }),
        );
      return { args: [start], partitionBy: [], type: "long", nullable: false };
    },
    lower: (args, partitionBy, orderBy) => {
      const rank = over("row_number", [], partitionBy, orderBy);
      const [start] = args;
      return start === undefined ? rank : add(rank, { kind: "operation", operator: "-", args: [start, number(1)] });
    },
  },
];

const byName = new Map(windowFunctions.map((row) => [row.name, row]));

/** The row of a window function. */
export function windowFunctionNamed(name: string): WindowFunction | undefined {
  return byName.get(name);
}
