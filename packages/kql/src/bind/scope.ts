import { refuse } from "../diagnostics/diagnostic.ts";
import { nearest } from "../diagnostics/nearest.ts";
import type { Span } from "../diagnostics/span.ts";
import type { Column } from "../ir/column.ts";
import type { Rel } from "../ir/rel.ts";
import { columnRef, type Scalar } from "../ir/scalar.ts";
import { type BindContext, type Environment, lookUp, type Scope } from "./context.ts";

export function scopeOf(rel: Rel, env: Environment, context: BindContext): Scope {
  return { columns: rel.columns, env, context };
}

/** The column called `name`, or a refusal with the nearest names. */
export function columnNamed(columns: readonly Column[], name: string, at: Span): Column {
  const found = columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  return refuse("unknown-column", at, {
    name,
    nearest: nearest(
      name,
      columns.map((column) => column.name),
    ),
  });
}

/** What a plain name means here: a column first, then a `let` or a parameter. */
export function scalarNamed(scope: Scope, name: string, at: Span, preferBinding: boolean): Scalar {
  const special = scope.special?.(name);
  if (special !== undefined) return special;
  const column = scope.columns.find((item) => item.name === name);
  if (column !== undefined && !preferBinding) return columnRef(column);
  const binding = lookUp(scope.env, name);
  if (binding?.kind === "scalar") return binding.value;
  if (binding?.kind === "tabular")
    return refuse("unsupported-syntax", at, {
      construct: `The table '${name}' as a scalar`,
      reason: "a scalar stands here; toscalar() makes one",
    });
  return columnRef(columnNamed(scope.columns, name, at));
}
