import { InvariantError } from "../diagnostics/diagnostic.ts";
import type { GroupFacts } from "../functions/aggregate.ts";
import { aggregateFunctionNamed } from "../functions/registry.ts";
import type { Aggregate, AggregateItem } from "../ir/rel.ts";
import type { SqlExpr, SqlItem, SqlOrder } from "../sql/ast.ts";
import { coalesce, text } from "../sql/build.ts";
import { mapOperands } from "../sql/map.ts";
import { type AggregateCollector, aggregateCollector } from "./collectAggregates.ts";
import { lowerPredicate } from "./predicate.ts";
import { type LowerScope, lowerScalar, sqlName } from "./scalar.ts";

/** An aggregation in three steps, each a SELECT over the one before. */
export interface Grouping {
  /** Keys, arguments and conditions that are no plain columns. */
  readonly prepared: readonly SqlItem[];
  readonly keys: readonly SqlItem[];
  /** The SQL aggregates alone. */
  readonly aggregates: readonly SqlItem[];
  /** What is made of them. */
  readonly results: readonly SqlItem[];
}

/** Keys and arguments are computed first and named, so that grouping sees plain columns only. */
export function lowerAggregate(rel: Aggregate, scope: LowerScope, orderBy: readonly SqlOrder[]): Grouping {
  const prepared: SqlItem[] = [];
  const column = (value: SqlExpr): SqlExpr => {
    if (value.kind === "column") return value;
    const alias = `a${prepared.length}`;
    prepared.push({ value, alias });
    return { kind: "column", name: alias };
  };
  const name = (value: SqlExpr): SqlExpr =>
    value.kind === "value" || value.kind === "constant" ? value : column(value);
  // A constant among the keys would be a position or a parameter to SQL.
  const keys = rel.keys.map((key) => ({ value: column(lowerScalar(key.value, scope)), alias: sqlName(key.column.id) }));
  const aggregates = aggregateCollector();
  const results = rel.aggregates.map((item) => ({
    value: splitAggregates(lowerItem(item, scope, orderBy, name), aggregates),
    alias: sqlName(item.column.id),
  }));
  return { prepared, keys, aggregates: aggregates.items(), results };
}

/** Moves the SQL aggregates of an expression out, so that what stands around them sees columns. */
function splitAggregates(expr: SqlExpr, aggregates: AggregateCollector): SqlExpr {
  if (expr.kind === "call" && expr.aggregate === true) return aggregates.add(expr);
  return mapOperands(expr, (operand) => splitAggregates(operand, aggregates));
}

function lowerItem(
  item: AggregateItem,
  scope: LowerScope,
  orderBy: readonly SqlOrder[],
  name: (value: SqlExpr) => SqlExpr,
): SqlExpr {
  const row = aggregateFunctionNamed(item.call.name);
  const overload = row?.kind === "aggregate" ? row.overloads[item.call.overload] : undefined;
  const lower = overload?.lower.duckdb;
  if (lower === undefined || "unsupported" in lower) throw new InvariantError(`no lowering for ${item.call.name}`);
  const facts: GroupFacts = {
    types: item.call.args.map((arg) => arg.type),
    nullable: item.call.args.map((arg) => arg.nullable),
    filter: item.call.filter === undefined ? undefined : name(lowerPredicate(item.call.filter, scope)),
    orderBy,
  };
  const result = lower(facts, ...item.call.args.map((arg) => name(lowerScalar(arg, scope))));
  return item.column.type === "string" ? coalesce(result, text("")) : result;
}
