import type { SqlExpr } from "../../sql/ast.ts";
import { call, cast, list, text } from "../../sql/build.ts";

/** JSON null and SQL NULL are one null in Kusto. */
export const orNull = (json: SqlExpr): SqlExpr => call("nullif", cast(json, "VARCHAR"), text("null"));

export const asJson = (json: SqlExpr): SqlExpr => cast(json, "JSON");

/** A JSON string of a text. */
export const jsonString = (of: SqlExpr): SqlExpr => cast(call("to_json", of), "VARCHAR");

/** Dynamic values as one JSON array; nulls become JSON null. */
export function packed(values: readonly SqlExpr[]): SqlExpr {
  const items = values.length === 0 ? cast(list(), "JSON[]") : list(...values.map(asJson));
  return cast(call("to_json", items), "VARCHAR");
}
