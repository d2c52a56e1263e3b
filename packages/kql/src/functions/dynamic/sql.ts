import type { SqlExpr } from "../../sql/ast.ts";
import { call, cast, list, text } from "../../sql/build.ts";
import type { KqlType } from "../../values/type.ts";
import { datetimeText, timespanText } from "../datetime/text.ts";

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

/** A value of a Kusto type as it stands in a dynamic, as SQL's JSON. */
export function jsonOf(type: KqlType | undefined, of: SqlExpr): SqlExpr {
  switch (type) {
    case "dynamic":
      return cast(of, "JSON");
    case "real":
      return cast(call("goshawk_real_json", of), "JSON");
    case "decimal":
      return call("to_json", call("goshawk_decimal_text", cast(of, "VARCHAR")));
    case "datetime":
      return call("to_json", datetimeText(of));
    case "timespan":
      return call("to_json", timespanText(of));
    default:
      return call("to_json", of);
  }
}

/** Values of any types as one JSON array; nulls become JSON null. */
export function packedOf(types: readonly KqlType[], values: readonly SqlExpr[]): SqlExpr {
  return cast(
    call("to_json", list(...values.map((value, index) => cast(jsonOf(types[index], value), "JSON")))),
    "VARCHAR",
  );
}
