import type { DuckDBConnection } from "@goshawk/engine/duckdb";
import type { KqlType } from "@goshawk/kql";
import { catalogueTable } from "../catalogue/catalogue.ts";
import type { SegmentColumn } from "../store/manifest.ts";
import { textRows } from "./sql.ts";

/** A field of the source and the column that it becomes. */
export interface TypedField {
  readonly field: number;
  readonly column: SegmentColumn;
}

/** Types that unknown columns are tried for, the narrowest first, and the SQL that says whether a text is of it. */
const candidates: readonly (readonly [KqlType, (field: string) => string])[] = [
  ["bool", (field) => `lower(${field}) in ('true', 'false')`],
  [
    "long",
    (field) => `regexp_full_match(${field}, '-?(0|[1-9][0-9]{0,18})') and try_cast(${field} as BIGINT) is not null`,
  ],
  ["real", (field) => `regexp_full_match(${field}, '-?(0|[1-9][0-9]{0,14})([.][0-9]+)?')`],
  [
    "datetime",
    (field) =>
      `regexp_full_match(${field}, '[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[-+][0-9]{2}:?[0-9]{2})?)?')`,
  ],
  ["dynamic", (field) => `regexp_matches(${field}, '^\\s*[\\[{]') and json_valid(${field})`],
];

/** The columns of a table for the fields of a source: the catalogue's types win, then those already stored, then what all values allow. */
export async function typeColumns(
  table: string,
  fields: readonly { readonly name: string; readonly index: number; readonly type?: KqlType }[],
  stored: readonly SegmentColumn[],
  rows: string,
  connection: DuckDBConnection,
  isText?: (field: number) => string,
): Promise<readonly TypedField[]> {
  const catalogue = new Map(catalogueTable(table)?.columns.map((column) => [column.name, column.type] as const));
  const known = new Map(stored.map((column) => [column.name, column] as const));
  const unknown = fields.filter(({ name, type }) => !catalogue.has(name) && !known.has(name) && type === undefined);
  const inferred = await inferTypes(
    unknown.map(({ index }) => index),
    rows,
    connection,
    isText,
  );
  const types = new Map(unknown.map(({ name }, place) => [name, inferred[place] ?? "string"] as const));
  const physical = physicalNames(stored);
  return fields.map(({ name, index, type }) => ({
    field: index,
    column: known.get(name) ?? {
      name,
      type: catalogue.get(name) ?? type ?? types.get(name) ?? "string",
      physical: physical(name),
    },
  }));
}

/** Parquet readers ignore letter case: a second column of the same letters gets a number. */
function physicalNames(stored: readonly SegmentColumn[]): (name: string) => string {
  const taken = new Set(["_source", "_line", "_unconverted", ...stored.map((column) => column.physical.toLowerCase())]);
  return (name) => {
    let physical = name;
    for (let number = 2; taken.has(physical.toLowerCase()); number++) physical = `${name}_${number}`;
    taken.add(physical.toLowerCase());
    return physical;
  };
}

/** What JSON writes as text stays text, even if it looks like a number: "1.10" is a version. */
const writtenBare: ReadonlySet<KqlType> = new Set(["bool", "long", "real"]);

async function inferTypes(
  fields: readonly number[],
  rows: string,
  connection: DuckDBConnection,
  isText: (field: number) => string = () => "false",
): Promise<readonly KqlType[]> {
  if (fields.length === 0) return [];
  const filled = (field: number): string => `(f${field} is not null and f${field} <> '')`;
  const fits = (field: number, type: KqlType, test: (field: string) => string): string =>
    writtenBare.has(type) ? `${test(`f${field}`)} and not (${isText(field)})` : test(`f${field}`);
  const counts = fields.flatMap((field) => [
    `count(*) filter (where ${filled(field)})`,
    ...candidates.map(([type, test]) => `count(*) filter (where ${filled(field)} and ${fits(field, type, test)})`),
  ]);
  const [row = []] = await textRows(connection, `select ${counts.join(", ")} from (${rows})`);
  const width = candidates.length + 1;
  return fields.map((_, place) => {
    const [filledCount = "0", ...fitting] = row.slice(place * width, (place + 1) * width);
    if (filledCount === "0") return "string";
    return candidates[fitting.indexOf(filledCount)]?.[0] ?? "string";
  });
}
