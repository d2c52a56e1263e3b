/** The scalar types of Kusto. */
export type KqlType =
  | "bool"
  | "int"
  | "long"
  | "real"
  | "decimal"
  | "datetime"
  | "timespan"
  | "string"
  | "guid"
  | "dynamic";
