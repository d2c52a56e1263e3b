import type { SqlExpr, SqlOrder } from "../sql/ast.ts";
import type { KqlType } from "../values/type.ts";
import type { Exactness, Example, Nulls, Unsupported } from "./define.ts";
import { parseSignature, type Signature } from "./signature.ts";

/** What an aggregation knows of its group. */
export interface GroupFacts {
  readonly types: readonly KqlType[];
  readonly nullable: readonly boolean[];
  /** Rows take part only where this is true. */
  readonly filter: SqlExpr | undefined;
  /** How the rows are serialized, for aggregations that keep order. */
  readonly orderBy: readonly SqlOrder[];
}

export type AggregateLowering = (group: GroupFacts, ...args: readonly SqlExpr[]) => SqlExpr;

export interface AggregateOverload {
  readonly signature: Signature;
  readonly nulls: Nulls;
  readonly lower: { readonly duckdb: AggregateLowering | Unsupported };
}

export interface AggregateFunction extends Exactness {
  readonly kind: "aggregate";
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly rules: readonly string[];
  readonly overloads: readonly AggregateOverload[];
  /** The argument that is a condition (`countif(p)`: 0, `sumif(x, p)`: 1), if any. */
  readonly condition?: number;
  /** From this argument on (the condition aside) only constants can stand. */
  readonly constantsFrom?: number;
  readonly examples: readonly Example[];
}

interface AggregateOverloadRow {
  readonly signature: string;
  readonly nulls?: Nulls;
  readonly lower: { readonly duckdb: AggregateLowering | Unsupported };
}

interface AggregateRow extends Exactness {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly rules?: readonly string[];
  readonly condition?: number;
  readonly constantsFrom?: number;
  readonly examples?: readonly Example[];
}

/** Declares an aggregation function: the row is the whole of it. */
export function aggregateFunction(
  row: AggregateRow & (AggregateOverloadRow | { readonly overloads: readonly AggregateOverloadRow[] }),
): AggregateFunction {
  const overloads = "overloads" in row ? row.overloads : [row];
  return {
    kind: "aggregate",
    name: row.name,
    aliases: row.aliases ?? [],
    summary: row.summary,
    rules: row.rules ?? [],
    overloads: overloads.map((item) => ({
      signature: parseSignature(item.signature),
      nulls: item.nulls ?? "possible",
      lower: item.lower,
    })),
    examples: row.examples ?? [],
    ...(row.condition === undefined ? {} : { condition: row.condition }),
    ...(row.constantsFrom === undefined ? {} : { constantsFrom: row.constantsFrom }),
    ...(row.approximate === undefined ? {} : { approximate: row.approximate }),
  };
}
