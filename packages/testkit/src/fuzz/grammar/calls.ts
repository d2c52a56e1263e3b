import { type AggregateFunction, aggregateFunctions, type KqlType, scalarFunctions } from "@goshawk/kql";
import { operators, type Shape, shapes } from "./shapes.ts";

type Overload = AggregateFunction["overloads"][number];

/** One way to call a function or operator of the registry. */
export interface Call {
  readonly name: string;
  readonly signature: Overload["signature"];
  readonly shape: Shape;
}

/** Functions whose answer no law can compare: chance, the machine, or a guess. */
export const chancy: ReadonlySet<string> = new Set(["rand", "new_guid"]);

export const scalarCalls: readonly Call[] = scalarFunctions.flatMap((row) => {
  if (row.kind !== "scalar") return [];
  return row.overloads.flatMap(({ signature, lower }): readonly Call[] => {
    const shape = shapeOf(row.name);
    return shape === undefined || "unsupported" in lower.duckdb ? [] : [{ name: row.name, signature, shape }];
  });
});

/** How a function is written: as an operator, as a call, or not at all where only the compiler calls it. */
function shapeOf(name: string): Shape | undefined {
  return shapes.get(name) ?? operators.get(name) ?? (/^\w+$/.test(name) ? "call" : undefined);
}

export const aggregateCalls: readonly Call[] = aggregateFunctions.flatMap((row) =>
  row.kind === "aggregate" && /^\w+$/.test(row.name)
    ? row.overloads.map(({ signature }): Call => ({ name: row.name, signature, shape: "call" }))
    : [],
);

/** The calls that can give a `type`. */
export function callsGiving(type: KqlType): readonly Call[] {
  return byResult.get(type) ?? [];
}

const byResult = new Map<KqlType, Call[]>();
for (const call of scalarCalls) {
  const { result } = call.signature;
  if (result === "T") continue;
  const known = byResult.get(result);
  if (known === undefined) byResult.set(result, [call]);
  else known.push(call);
}

/** Calls that give whatever type their arguments have. */
export const genericCalls: readonly Call[] = scalarCalls.filter(({ signature }) => signature.result === "T");
