import { aggregate, limit } from "../../ir/build.ts";
import { literal } from "../../ir/scalar.ts";
import { aggregateCall } from "../call.ts";
import { constantArgument, type Plugin } from "./define.ts";

export const preview: Plugin = {
  name: "preview",
  summary: "Some of the rows, and a second table that counts all of them.",
  bind: (call) => {
    const { input, node, context } = call;
    const rows = BigInt(String(constantArgument(call, 0, "NumberOfRows") ?? 0));
    const { call: count, type, nullable } = aggregateCall("count", [], node.span);
    context.alsoShow(
      aggregate(input, [], [{ column: context.newColumn("Count", type, nullable), call: count }], node.span),
    );
    return limit(input, literal("long", rows), node.span);
  },
};
