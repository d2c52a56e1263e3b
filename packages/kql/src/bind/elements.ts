import type { Span } from "../diagnostics/span.ts";
import type { Scalar } from "../ir/scalar.ts";
import type { KqlType } from "../values/type.ts";
import { call, convertTo } from "./call.ts";

/** An element of an expanded array as `to typeof(type)` gives it: only a value of the fitting JSON kind converts. */
export function elementAs(element: Scalar, type: KqlType, at: Span): Scalar {
  switch (type) {
    case "dynamic":
    case "string":
      return convertTo(element, type, at);
    case "int":
      return call("toint", [call("element to long", [element], at)], at);
    case "long":
    case "real":
    case "bool":
      return call(`element to ${type}`, [element], at);
    case "datetime":
    case "guid":
    case "timespan":
    case "decimal":
      return convertTo(call("element to text", [element], at), type, at);
  }
}
