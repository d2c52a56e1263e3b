import type { KqlType } from "@goshawk/kql";

/** The names of types in the `DataType` of v1. */
export const dataTypes: Readonly<Record<KqlType, string>> = {
  bool: "SByte",
  int: "Int32",
  long: "Int64",
  real: "Double",
  decimal: "SqlDecimal",
  string: "String",
  datetime: "DateTime",
  timespan: "TimeSpan",
  guid: "Guid",
  dynamic: "Object",
};

/** The names of types in .NET, as schemas say them. */
export function clrType(type: KqlType): string {
  return type === "decimal" ? "System.Data.SqlTypes.SqlDecimal" : `System.${dataTypes[type]}`;
}
