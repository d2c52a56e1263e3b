import type { Cell, ResultTable } from "@goshawk/engine";
import type { ColumnSchema } from "@goshawk/kql";
import type { Answer } from "../../engines/answers.ts";
import { distinctNames, jsonRow } from "../cells.ts";
import { columnsOf } from "../table.ts";
import type { BodyContext, BodyPart } from "./body.ts";
import { dataTypes } from "./names.ts";

/** The columns of a table as v1 says them. */
function columnsText(columns: readonly ColumnSchema[]): string {
  const names = distinctNames(columns.map((column) => column.name));
  return JSON.stringify(
    columns.map(({ type }, at) => ({ ColumnName: names[at], DataType: dataTypes[type], ColumnType: type })),
  );
}

function tableText(name: string, columns: readonly ColumnSchema[], rows: readonly (readonly Cell[])[]): string {
  const types = columns.map((column) => column.type);
  const texts = rows.map((row) => jsonRow(row, types, "value")).join(",");
  return `{"TableName":${JSON.stringify(name)},"Columns":${columnsText(columns)},"Rows":[${texts}]}`;
}

/** The answer to a management command: one table. */
export function v1Table(table: ResultTable): string {
  return `{"Tables":[${tableText("Table_0", table.columns, table.rows)}]}`;
}

const statusColumns = columnsOf(
  "Timestamp:datetime, Severity:int, SeverityName:string, StatusCode:int, StatusDescription:string, Count:int, RequestId:guid, ActivityId:guid, SubActivityId:guid, ClientActivityId:string",
);
const contentsColumns = columnsOf("Ordinal:long, Kind:string, Name:string, Id:string, PrettyName:string");
const nobody = "00000000-0000-0000-0000-000000000000";

/** A query's answer: its tables, and those that say what they are. */
export async function* v1Body(answer: Answer, context: BodyContext): AsyncGenerator<BodyPart, void, undefined> {
  const { columns } = answer;
  yield '{"Tables":[';
  let open: number | undefined;
  let begun = 0;
  let empty = true;
  let failure: unknown;
  const begin = (table: number): string => {
    open = table;
    begun = table + 1;
    empty = true;
    return `{"TableName":"Table_${table}","Columns":${columnsText(columns[table] ?? [])},"Rows":[`;
  };
  try {
    for await (const piece of context.limited(answer.pieces)) {
      const start = open === undefined ? begin(piece.table) : "";
      if (piece.kind === "end") {
        open = undefined;
        yield `${start}]},`;
        continue;
      }
      yield `${start}${empty ? "" : ","}`;
      yield piece.bytes;
      empty = false;
    }
  } catch (error) {
    failure = error;
  }
  const message = failure === undefined ? undefined : JSON.stringify(context.failureText(failure));
  if (message !== undefined && open !== undefined) yield `${empty ? "" : ","}{"Exceptions":[${message}]}]},`;
  const count = columns.length;
  // The table of contents counts on every table, also on those that the failure kept from coming.
  for (let table = begun; table < count; table++) yield `${begin(table)}]},`;
  const kinds = [
    ...columns.map(() => ["QueryResult", "PrimaryResult"] as const),
    ["QueryProperties", "@ExtendedProperties"] as const,
    ["QueryStatus", "QueryStatus"] as const,
  ];
  const status: readonly Cell[] = [
    context.now(),
    failure === undefined ? "4" : "2",
    failure === undefined ? "Info" : "Error",
    "0",
    failure === undefined ? "Query completed successfully" : context.failureText(failure),
    "1",
    context.activityId,
    context.activityId,
    nobody,
    context.clientRequestId,
  ];
  const contents = kinds.map(([kind, name], at): readonly Cell[] => [String(at), kind, name, nobody, ""]);
  yield [
    tableText(`Table_${count}`, columnsOf("Value:string"), [[context.visualization]]),
    tableText(`Table_${count + 1}`, statusColumns, [status]),
    tableText(`Table_${count + 2}`, contentsColumns, contents),
  ].join(",");
  yield message === undefined ? "]}" : `],"Exceptions":[${message}]}`;
}
