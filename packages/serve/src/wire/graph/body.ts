import type { Answer } from "../../engines/answers.ts";
import { distinctNames } from "../cells.ts";
import type { BodyPart } from "../kusto/body.ts";
import { dataTypes } from "../kusto/names.ts";

/** How the two hunting APIs write the same answer. */
export interface HuntingShape {
  readonly start: string;
  readonly schema: string;
  readonly name: string;
  readonly type: string;
  readonly results: string;
}

/** Graph's `security/runHuntingQuery`. */
export const graphShape: HuntingShape = {
  start: '{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.security.huntingQueryResults",',
  schema: "schema",
  name: "name",
  type: "type",
  results: "results",
};

/** The older API of Defender. */
export const defenderShape: HuntingShape = {
  start: '{"Stats":{"ExecutionTime":0,"dataset_statistics":[]},',
  schema: "Schema",
  name: "Name",
  type: "Type",
  results: "Results",
};

/**
 * The first table of an answer as objects. This shape has no place for a failure after the first rows: it throws, and
 * the body ends in the middle, which no client takes for an answer.
 */
export async function* huntingBody(
  answer: Answer,
  shape: HuntingShape,
  limited: (pieces: Answer["pieces"]) => Answer["pieces"],
): AsyncGenerator<BodyPart, void, undefined> {
  const columns = answer.columns[0] ?? [];
  const names = distinctNames(columns.map((column) => column.name));
  const schema = columns.map(({ type }, at) => ({ [shape.name]: names[at], [shape.type]: dataTypes[type] }));
  yield `${shape.start}"${shape.schema}":${JSON.stringify(schema)},"${shape.results}":[`;
  let empty = true;
  for await (const piece of limited(answer.pieces)) {
    if (piece.kind === "end" || piece.table !== 0) continue;
    if (!empty) yield ",";
    yield piece.bytes;
    empty = false;
  }
  yield "]}";
}
