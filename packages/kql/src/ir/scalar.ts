import type { Span } from "../diagnostics/span.ts";
import type { KqlType } from "../values/type.ts";
import type { Rel } from "./rel.ts";

/** A typed scalar expression over the columns of its node's input. */
export type Scalar = ColumnRef | Literal | Call | ScalarQuery | InQuery;

interface Typed {
  readonly type: KqlType;
  readonly nullable: boolean;
}

export interface ColumnRef extends Typed {
  readonly kind: "column";
  readonly id: number;
}

/**
 * A constant. Values: bool → boolean; int, long, datetime and timespan (ticks of 100 ns) → bigint; real → number;
 * decimal, string and guid → string; dynamic → its JSON text; null of every type → null.
 */
export interface Literal extends Typed {
  readonly kind: "literal";
  readonly value: LiteralValue;
}

export type LiteralValue = string | bigint | number | boolean | null;

/** A scalar function or operator of the registry, with its arguments already converted to the chosen overload. */
export interface Call extends Typed {
  readonly kind: "call";
  readonly name: string;
  /** Which overload of the function's row. */
  readonly overload: number;
  readonly args: readonly Scalar[];
  readonly origin: Span;
}

/** `toscalar()`: the first column of the first row, null when there is none. */
export interface ScalarQuery extends Typed {
  readonly kind: "scalarQuery";
  readonly query: Rel;
}

/** `x in (tabular)`: true when the value is among the first column of `query`. */
export interface InQuery extends Typed {
  readonly kind: "inQuery";
  readonly value: Scalar;
  readonly query: Rel;
  readonly caseSensitive: boolean;
}

export function columnRef(column: {
  readonly id: number;
  readonly type: KqlType;
  readonly nullable: boolean;
}): ColumnRef {
  return { kind: "column", id: column.id, type: column.type, nullable: column.nullable };
}

export function literal(type: KqlType, value: LiteralValue): Literal {
  if (type === "string" && value === null) return { kind: "literal", type, value: "", nullable: false };
  return { kind: "literal", type, value, nullable: value === null };
}
