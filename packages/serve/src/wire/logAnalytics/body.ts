import type { Answer } from "../../engines/answers.ts";
import { distinctNames } from "../cells.ts";
import type { BodyPart } from "../kusto/body.ts";

/** What an answer says beside its tables. */
export interface LogAnalyticsContext {
  readonly statistics: boolean;
  readonly render: boolean;
  /** What `render` asks for: JSON of its properties. */
  readonly visualization: object;
  readonly started: number;
  limited(pieces: Answer["pieces"]): Answer["pieces"];
  /** What an answer that ends early says. */
  partialError(error: unknown): object;
}

/** A query's answer as Azure Monitor's logs API sends it. */
export async function* logAnalyticsBody(
  answer: Answer,
  context: LogAnalyticsContext,
): AsyncGenerator<BodyPart, void, undefined> {
  let failure: unknown;
  let open: number | undefined;
  let begun = 0;
  let rows = 0;
  yield '{"tables":[';
  try {
    for await (const piece of context.limited(answer.pieces)) {
      let text = "";
      if (open === undefined) {
        open = piece.table;
        begun++;
        rows = 0;
        text = `${piece.table === 0 ? "" : ","}${headText(answer, piece.table)}`;
      }
      if (piece.kind === "end") {
        open = undefined;
        yield `${text}]}`;
        continue;
      }
      yield `${text}${rows === 0 ? "" : ","}`;
      yield piece.bytes;
      rows += piece.count;
    }
  } catch (error) {
    failure = error;
    if (open !== undefined) yield "]}";
    else if (begun === 0) yield `${headText(answer, 0)}]}`;
  }
  yield "]";
  if (context.statistics)
    yield `,"statistics":${JSON.stringify({ query: { executionTime: (performance.now() - context.started) / 1000 } })}`;
  if (context.render) yield `,"render":${JSON.stringify(context.visualization)}`;
  if (failure !== undefined) yield `,"error":${JSON.stringify(context.partialError(failure))}`;
  yield "}";
}

function headText(answer: Answer, table: number): string {
  const columns = answer.columns[table] ?? [];
  const names = distinctNames(columns.map((column) => column.name));
  const name = table === 0 ? "PrimaryResult" : `Table_${table}`;
  return `{"name":"${name}","columns":${JSON.stringify(columns.map(({ type }, at) => ({ name: names[at], type })))},"rows":[`;
}
