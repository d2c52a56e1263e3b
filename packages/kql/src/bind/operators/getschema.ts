import type { KqlType } from "../../values/type.ts";
import { type TabularOperator, tabularOperator } from "../operator.ts";
import { orderedValues } from "./values.ts";

const clrTypes: Readonly<Record<KqlType, string>> = {
  bool: "System.SByte",
  int: "System.Int32",
  long: "System.Int64",
  real: "System.Double",
  decimal: "System.Data.SqlTypes.SqlDecimal",
  datetime: "System.DateTime",
  timespan: "System.TimeSpan",
  string: "System.String",
  guid: "System.Guid",
  dynamic: "System.Object",
};

export const getschema: TabularOperator = tabularOperator({
  keyword: "getschema",
  kinds: ["GetSchemaOperator"],
  bind: (node, input, _env, context) => {
    const columns = [
      context.newColumn("ColumnName", "string", false),
      context.newColumn("ColumnOrdinal", "int", false),
      context.newColumn("DataType", "string", false),
      context.newColumn("ColumnType", "string", false),
    ];
    const rows = input.columns.map((column, index) => [column.name, BigInt(index), clrTypes[column.type], column.type]);
    return orderedValues(columns, rows, node.span, context);
  },
});
