import type { ColumnSchema } from "@goshawk/kql";
import type { Answer } from "../../engines/answers.ts";
import { distinctNames } from "../cells.ts";
import type { BodyContext, BodyPart, FrameOptions } from "./body.ts";

const nobody = "00000000-0000-0000-0000-000000000000";

function columnsText(columns: readonly ColumnSchema[]): string {
  const names = distinctNames(columns.map((column) => column.name));
  return JSON.stringify(columns.map(({ type }, at) => ({ ColumnName: names[at], ColumnType: type })));
}

/** A query's answer as frames, plain, fragmented or progressive. */
export async function* v2Body(
  answer: Answer,
  options: FrameOptions,
  context: BodyContext,
): AsyncGenerator<BodyPart, void, undefined> {
  const separator = options.newlines ? "\n," : ",";
  const fragments = options.progressive || options.fragmented;
  const header = {
    FrameType: "DataSetHeader",
    IsProgressive: options.progressive,
    Version: "v2.0",
    IsFragmented: options.fragmented && !options.progressive,
    ErrorReportingPlacement: options.errorsAtEnd ? "EndOfTable" : "InData",
  };
  yield `[${JSON.stringify(header)}${separator}${propertiesFrame(answer.columns.length, context)}`;
  let failure: unknown;
  const tables = fragments ? fragmented(answer, options, context) : whole(answer, context);
  try {
    for await (const part of tables)
      yield typeof part === "string" && part.startsWith("{") ? `${separator}${part}` : part;
  } catch (error) {
    failure = error;
    const body = JSON.stringify({ OneApiErrors: [context.failureBody(error)] });
    yield* closing(failed.get(error as object), body, separator, options);
  }
  yield `${separator}${completionFrame(answer.columns.length + 1, failure, context)}`;
  const errors = failure === undefined ? {} : { OneApiErrors: [context.failureBody(failure)] };
  yield `${separator}${JSON.stringify({ FrameType: "DataSetCompletion", HasErrors: failure !== undefined, Cancelled: context.isCancelled(failure), ...errors })}${options.newlines ? "\n]\n" : "]"}`;
}

/** Where a table stood when it failed. */
interface Standing {
  readonly table: number;
  readonly rows: number;
}
const failed = new WeakMap<object, Standing>();

function* closing(
  at: Standing | undefined,
  body: string,
  separator: string,
  options: FrameOptions,
): Generator<string, void, undefined> {
  if (at === undefined) return;
  if (!options.progressive && !options.fragmented) {
    yield `${at.rows === 0 ? "" : ","}${body}]}`;
    return;
  }
  if (options.errorsAtEnd) {
    const errors = body.slice(1, -1);
    yield `${separator}{"FrameType":"TableCompletion","TableId":${at.table + 1},"RowCount":${at.rows},${errors}}`;
    return;
  }
  yield `${separator}{"FrameType":"TableFragment","TableFragmentType":"DataAppend","TableId":${at.table + 1},"Rows":[${body}]}`;
  yield `${separator}{"FrameType":"TableCompletion","TableId":${at.table + 1},"RowCount":${at.rows}}`;
}

/** Each table as one frame, written as its rows come. */
async function* whole(answer: Answer, context: BodyContext): AsyncGenerator<BodyPart, void, undefined> {
  let at: { table: number; rows: number } | undefined;
  try {
    for await (const piece of context.limited(answer.pieces)) {
      const columns = answer.columns[piece.table] ?? [];
      if (at === undefined) {
        at = { table: piece.table, rows: 0 };
        yield `{"FrameType":"DataTable","TableId":${piece.table + 1},"TableKind":"PrimaryResult","TableName":"PrimaryResult","Columns":${columnsText(columns)},"Rows":[`;
      }
      if (piece.kind === "end") {
        yield "]}";
        at = undefined;
      } else {
        if (at.rows > 0) yield ",";
        yield piece.bytes;
        at.rows += piece.count;
      }
    }
  } catch (error) {
    if (at !== undefined && error instanceof Error) failed.set(error, at);
    throw error;
  }
}

/** Each table as a header, fragments and a completion. */
async function* fragmented(
  answer: Answer,
  options: FrameOptions,
  context: BodyContext,
): AsyncGenerator<BodyPart, void, undefined> {
  let at: { table: number; rows: number } | undefined;
  try {
    for await (const piece of context.limited(answer.pieces)) {
      const columns = answer.columns[piece.table] ?? [];
      const id = piece.table + 1;
      if (at === undefined) {
        at = { table: piece.table, rows: 0 };
        yield `{"FrameType":"TableHeader","TableId":${id},"TableKind":"PrimaryResult","TableName":"PrimaryResult","Columns":${columnsText(columns)}}`;
      }
      if (piece.kind === "end") {
        if (options.progressive) yield `{"FrameType":"TableProgress","TableId":${id},"TableProgress":100.0}`;
        yield `{"FrameType":"TableCompletion","TableId":${id},"RowCount":${at.rows}}`;
        at = undefined;
        continue;
      }
      const fields = options.progressive ? `"FieldCount":${columns.length},` : "";
      yield `{"FrameType":"TableFragment","TableFragmentType":"DataAppend","TableId":${id},${fields}"Rows":[`;
      yield piece.bytes;
      yield "]}";
      at.rows += piece.count;
    }
  } catch (error) {
    if (at !== undefined && error instanceof Error) failed.set(error, at);
    throw error;
  }
}

function propertiesFrame(tables: number, context: BodyContext): string {
  return JSON.stringify({
    FrameType: "DataTable",
    TableId: 0,
    TableKind: "QueryProperties",
    TableName: "@ExtendedProperties",
    Columns: [
      { ColumnName: "TableId", ColumnType: "int" },
      { ColumnName: "Key", ColumnType: "string" },
      { ColumnName: "Value", ColumnType: "dynamic" },
    ],
    Rows: Array.from({ length: tables }, (_, at) => [at + 1, "Visualization", context.visualization]),
  });
}

const completionColumns = [
  ["Timestamp", "datetime"],
  ["ClientRequestId", "string"],
  ["ActivityId", "guid"],
  ["SubActivityId", "guid"],
  ["ParentActivityId", "guid"],
  ["Level", "int"],
  ["LevelName", "string"],
  ["StatusCode", "int"],
  ["StatusCodeName", "string"],
  ["EventType", "int"],
  ["EventTypeName", "string"],
  ["Payload", "string"],
].map(([ColumnName, ColumnType]) => ({ ColumnName, ColumnType }));

function completionFrame(id: number, failure: unknown, context: BodyContext): string {
  const text = failure === undefined ? "Query completed successfully" : context.failureText(failure);
  const [level, name] = failure === undefined ? ([4, "Info"] as const) : ([2, "Error"] as const);
  return JSON.stringify({
    FrameType: "DataTable",
    TableId: id,
    TableKind: "QueryCompletionInformation",
    TableName: "QueryCompletionInformation",
    Columns: completionColumns,
    Rows: [
      [
        context.now(),
        context.clientRequestId,
        context.activityId,
        nobody,
        nobody,
        level,
        name,
        0,
        "S_OK (0)",
        4,
        "QueryInfo",
        JSON.stringify({ Count: 1, Text: text }),
      ],
    ],
  });
}
