import type { DuckDBConnection } from "@goshawk/engine/duckdb";
import type { KqlType } from "@goshawk/kql";
import { catalogueTable } from "../catalogue/catalogue.ts";
import type { SegmentColumn } from "../store/entries.ts";
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
  // Not the version 1.10, nor an id beyond 64 bits: what a double would not give back stays text.
  [
    "real",
    (field) =>
      `regexp_full_match(${field}, '-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?') and (contains(lower(${field}), 'e') or cast(try_cast(${field} as DOUBLE) as VARCHAR) in (${field}, ${field} || '.0'))`,
  ],
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
  { rows, texts }: { readonly rows: string; readonly texts: string | undefined },
  connection: DuckDBConnection,
): Promise<readonly TypedField[]> {
  const catalogue = new Map(catalogueTable(table)?.columns.map((column) => [column.name, column.type] as const));
  const known = new Map(stored.map((column) => [column.name, column] as const));
  const unknown = fields.filter(({ name, type }) => !catalogue.has(name) && !known.has(name) && type === undefined);
  const names = unknown.map(({ index }) => `f${index}`);
  const written = await writtenAsText(names, texts, connection);
  const inferred = await inferTypes(names, written, rows, connection);
  const types = new Map(unknown.map(({ name }, place) => [name, inferred[place] ?? "string"] as const));
  const physical = physicalNames([...catalogue.keys()], stored);
  return fields.map(({ name, index, type }) => ({
    field: index,
    column: known.get(name) ?? {
      name,
      type: catalogue.get(name) ?? type ?? types.get(name) ?? "string",
      physical: physical(name),
    },
  }));
}

/**
 * Parquet readers ignore letter case: a second column of the same letters gets a number. The catalogue's columns have
 * the same one in every file, whichever file comes first.
 */
function physicalNames(catalogue: readonly string[], stored: readonly SegmentColumn[]): (name: string) => string {
  const taken = new Set(["_source", "_line", "_unconverted", ...stored.map((column) => column.physical.toLowerCase())]);
  const twinsBefore = (name: string): number =>
    catalogue.slice(0, Math.max(0, catalogue.indexOf(name))).filter((other) => sameLetters(other, name)).length;
  return (name) => {
    const twins = twinsBefore(name);
    let physical = twins === 0 ? name : `${name}_${twins + 1}`;
    for (let number = 2; taken.has(physical.toLowerCase()); number++) physical = `${name}_${number}`;
    taken.add(physical.toLowerCase());
    return physical;
  };
}

function sameLetters(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** What JSON writes as text stays text, even if it looks like a number: "1.10" is a version. */
const writtenBare: ReadonlySet<KqlType> = new Set(["bool", "long", "real"]);

async function writtenAsText(
  fields: readonly string[],
  texts: string | undefined,
  connection: DuckDBConnection,
): Promise<ReadonlySet<string>> {
  if (texts === undefined || fields.length === 0) return new Set();
  const any = fields.map((field) => `coalesce(bool_or(${field}), false)`);
  const [row = []] = await textRows(connection, `select ${any.join(", ")} from (${texts})`);
  return new Set(fields.filter((_, place) => row[place] === "true"));
}

async function inferTypes(
  fields: readonly string[],
  written: ReadonlySet<string>,
  rows: string,
  connection: DuckDBConnection,
): Promise<readonly KqlType[]> {
  if (fields.length === 0) return [];
  const filled = (field: string): string => `(${field} is not null and ${field} <> '')`;
  const counts = fields.flatMap((field) => [
    `count(*) filter (where ${filled(field)})`,
    ...candidates.map(([, test]) => `count(*) filter (where ${filled(field)} and ${test(field)})`),
  ]);
  const [row = []] = await textRows(connection, `select ${counts.join(", ")} from (${rows})`);
  const width = candidates.length + 1;
  return fields.map((field, place) => {
    const [filledCount = "0", ...fits] = row.slice(place * width, (place + 1) * width);
    if (filledCount === "0") return "string";
    const possible = candidates.map(([type], index) => ({ type, fits: fits[index] === filledCount }));
    return (
      possible.find(({ type, fits: all }) => all && !(written.has(field) && writtenBare.has(type)))?.type ?? "string"
    );
  });
}
