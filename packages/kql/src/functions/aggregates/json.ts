import type { SqlExpr } from "../../sql/ast.ts";
import { call, cast } from "../../sql/build.ts";
import type { KqlType } from "../../values/type.ts";

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
      return call("to_json", call("goshawk_datetime_text", of));
    case "timespan":
      return call("to_json", call("goshawk_timespan_text", of));
    default:
      return call("to_json", of);
  }
}
