import type { Span } from "../diagnostics/span.ts";
import type { LiteralValue } from "../ir/scalar.ts";
import type { SqlExpr } from "../sql/ast.ts";
import type { KqlType } from "../values/type.ts";
import { parseSignature, type Signature } from "./signature.ts";

/** What a lowering may ask about the call it lowers. */
export interface CallFacts {
  readonly types: readonly KqlType[];
  readonly nullable: readonly boolean[];
  /** Where the call stands in the query. */
  readonly origin: Span;
}

/** Arguments in SQL to the call in SQL. Optional arguments that the query leaves out are undefined. */
export type Lowering = (...args: readonly SqlExpr[]) => SqlExpr;
/** A lowering that depends on types or nullability of the arguments. */
export type TypedLowering = { readonly typed: (facts: CallFacts, ...args: readonly SqlExpr[]) => SqlExpr };
/** Why a dialect can't have the function. */
export type Unsupported = { readonly unsupported: string };

export const unsupported = (reason: string): Unsupported => ({ unsupported: reason });
export const typed = (lower: TypedLowering["typed"]): TypedLowering => ({ typed: lower });

export interface Lowerings {
  readonly duckdb: Lowering | TypedLowering | Unsupported;
  readonly clickhouse?: Lowering | TypedLowering | Unsupported;
}

/**
 * When the SQL result is null: `propagate`: exactly when an argument is; `never`; `possible`: also otherwise.
 * Strings need no care: a null string result becomes "".
 */
export type Nulls = "propagate" | "never" | "possible";

/**
 * The value of a call whose arguments are all constants and not null; undefined leaves it to the engine. A null
 * argument makes the call null.
 */
export type Fold = (...args: readonly NonNullable<LiteralValue>[]) => LiteralValue | undefined;

/** Why a constant argument can't be had. */
export interface Complaint {
  readonly argument: string;
  readonly reason: string;
}

/** Looks at the arguments that are constants (the others are undefined). */
export type Check = (...args: readonly (LiteralValue | undefined)[]) => Complaint | undefined;

export interface Overload {
  readonly signature: Signature;
  readonly nulls: Nulls;
  readonly lower: Lowerings;
  readonly fold?: Fold;
}

/** A KQL expression, what Kusto answers for it as a KQL literal or text, and what the case is about. */
export type Example = readonly [expression: string, answer: string, about?: string];

/** Exact unless the row says how it is not. */
export interface Exactness {
  readonly approximate?: string;
}

export interface ScalarFunction extends Exactness {
  readonly kind: "scalar";
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly rules: readonly string[];
  readonly overloads: readonly Overload[];
  /** It gives several columns: its value is a dynamic array with an element for each. */
  readonly tuple: boolean;
  readonly examples: readonly Example[];
  readonly check?: Check;
}

export interface OverloadRow {
  readonly signature: string;
  readonly nulls?: Nulls;
  readonly lower: Lowerings;
  readonly fold?: Fold;
}

interface ScalarRow extends Exactness {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly rules?: readonly string[];
  readonly tuple?: boolean;
  readonly examples?: readonly Example[];
  readonly check?: Check;
}

/** Declares a scalar function or operator: the row is the whole of it. */
export function scalarFunction(
  row: ScalarRow & (OverloadRow | { readonly overloads: readonly OverloadRow[] }),
): ScalarFunction {
  const overloads = "overloads" in row ? row.overloads : [row];
  return {
    kind: "scalar",
    name: row.name,
    aliases: row.aliases ?? [],
    summary: row.summary,
    rules: row.rules ?? [],
    overloads: overloads.map((item) => ({
      signature: parseSignature(item.signature),
      nulls: item.nulls ?? "possible",
      lower: item.lower,
      ...(item.fold === undefined ? {} : { fold: item.fold }),
    })),
    tuple: row.tuple ?? false,
    examples: row.examples ?? [],
    ...(row.check === undefined ? {} : { check: row.check }),
    ...(row.approximate === undefined ? {} : { approximate: row.approximate }),
  };
}

/** A function that can't be had: the support matrix and the refusal say why. */
export interface RefusedFunction {
  readonly kind: "refused";
  readonly name: string;
  readonly reason: string;
}

export function refusedFunction(name: string, reason: string): RefusedFunction {
  return { kind: "refused", name, reason };
}
