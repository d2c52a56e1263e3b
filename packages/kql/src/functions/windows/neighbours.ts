import { literal } from "../../ir/scalar.ts";
import { over, type WindowFunction } from "./define.ts";

function neighbour(name: "prev" | "next"): WindowFunction {
  return {
    name,
    summary: `The value of an expression in a ${name === "prev" ? "previous" : "following"} row, or a default beyond the ends.`,
    plan: ([value = literal("dynamic", null), offset, otherwise], build) => ({
      name,
      args: [
        value,
        offset ?? literal("long", 1n),
        otherwise === undefined ? literal(value.type, null) : build.convert(otherwise, value.type),
      ],
      partitionBy: [],
      type: value.type,
      nullable: value.type !== "string",
    }),
    lower: (args, partitionBy, orderBy) => over(name === "prev" ? "lag" : "lead", args, partitionBy, orderBy),
  };
}

export const neighbourFunctions: readonly WindowFunction[] = [neighbour("prev"), neighbour("next")];
