import type { Scalar } from "../ir/scalar.ts";
import type { SqlExpr } from "../sql/ast.ts";
import { cast, coalesce, column, restartNames, text } from "../sql/build.ts";
import { duckdb } from "../sql/dialect.ts";
import { type PrintedSql, printQuery } from "../sql/print.ts";
import type { KqlType } from "../values/type.ts";
import { lowerPredicate } from "./predicate.ts";
import { sqlTypes } from "./scalar.ts";

/** A relation of the distinct values of one column, as texts in `value`. */
export interface DictionaryColumn {
  readonly relation: string;
  readonly type: KqlType;
}

/** SQL for the rows of a dictionary, `shown`, whose values meet a condition: the same SQL as over rows of the table. */
export function dictionaryQuery(condition: Scalar, of: DictionaryColumn, shown: readonly string[]): PrintedSql {
  restartNames();
  const value = valueAs(of.type);
  const where = lowerPredicate(condition, { column: () => value, query: () => ({ kind: "select", items: [] }) });
  const items = shown.map((name) => ({ value: column(name), alias: name }));
  return printQuery({ kind: "select", items, from: { kind: "table", name: of.relation }, where }, duckdb);
}

function valueAs(type: KqlType): SqlExpr {
  const stored = column("value");
  if (type === "string") return coalesce(stored, text(""));
  return sqlTypes[type] === "VARCHAR" ? stored : cast(stored, sqlTypes[type]);
}
