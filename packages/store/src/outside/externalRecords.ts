import type { ExternalRequest } from "@goshawk/kql";
import { delimitedRecords, lineRecords } from "./delimited.ts";
import { jsonCells, jsonValues } from "./jsonRecords.ts";

type Read = (text: string, request: ExternalRequest) => readonly (readonly string[])[];

/** Fields in the order of the columns, or as the ingestion mapping numbers them. */
const fields =
  (delimiter: string, quotes = true): Read =>
  (text, { columns }) =>
    delimitedRecords(text, delimiter, { quotes }).map((record) =>
      columns.map(({ path }, index) => record[path === undefined ? index : Number(path)] ?? ""),
    );

const json: Read = (text, { columns }) => jsonValues(text).map((record) => jsonCells(record, columns));

const readers: ReadonlyMap<string, Read> = new Map([
  ["csv", fields(",")],
  ["tsv", fields("\t", false)],
  ["psv", fields("|")],
  ["scsv", fields(";")],
  ["sohsv", fields("\u0001")],
  ["txt", (text) => lineRecords(text)],
  ["raw", (text) => [[text]]],
  ["json", json],
  ["multijson", json],
]);

/** The rows of a file's text; undefined where its format is none that is read here. */
export function externalRecords(text: string, request: ExternalRequest): readonly (readonly string[])[] | undefined {
  const rows = readers.get(request.format)?.(text, request);
  return rows?.slice(request.ignoreFirstRecord ? 1 : 0, request.ignoreLastRecord ? -1 : undefined);
}
