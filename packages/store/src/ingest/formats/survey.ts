import { type DuckDBConnection, fileSql } from "@goshawk/engine/duckdb";
import { quoteIdentifier, quoteText } from "@goshawk/kql";
import { textRows } from "../sql.ts";
import { type JsonLayout, objectSize, plainFile, recordsSql } from "./records.ts";

/** Where the rows stand that are surveyed. */
export interface SurveyShape {
  readonly layout: JsonLayout;
  readonly list?: string;
  /** Key of the object that holds the row; the record itself when absent. */
  readonly row?: string;
  /** Key of the text that names the row's table, in the record; none when absent. */
  readonly name?: string;
}

/** What the objects of a file have in common. */
export interface SurveyedRecords {
  /** All keys, sorted. */
  readonly fields: readonly string[];
  /** The keys by what names the row's table; "" where nothing does. */
  readonly byName: ReadonlyMap<string, ReadonlySet<string>>;
  /** Records whose row is no JSON object. */
  readonly odd: number;
  /** Objects with a key that they have twice. */
  readonly twice: number;
  /** Every record is an object whose keys differ. */
  readonly plain: boolean;
}

/** One pass over the records: few different lists of keys stand for many rows. */
export async function surveyRecords(
  path: string,
  shape: SurveyShape,
  connection: DuckDBConnection,
): Promise<SurveyedRecords> {
  const lines = shape.layout === "newline_delimited" && shape.list === undefined;
  const quick = lines ? await survey(keysWhileParsing(path, shape), connection) : undefined;
  // What is no object has no keys here, and so has an object without any: then it is worth a closer look.
  if (quick !== undefined && quick.odd === 0) return { ...quick, plain: quick.twice === 0 };
  const records = recordsSql(path, shape.layout, shape.list);
  return { ...(await survey(keysOfValues(records, shape), connection)), plain: false };
}

/** Lets the engine's reader make maps while it parses. */
function keysWhileParsing(path: string, { layout, row, name }: SurveyShape): string {
  const map = "MAP(VARCHAR, VARCHAR)";
  const named = row !== undefined && name !== undefined ? [name] : [];
  const columns = [
    `${quoteText(row ?? "json")}: ${quoteText(map)}`,
    ...named.map((key) => `${quoteText(key)}: 'VARCHAR'`),
  ];
  const value = quoteIdentifier(row ?? "json");
  const text = name === undefined ? "''" : row === undefined ? `${value}[${quoteText(name)}]` : quoteIdentifier(name);
  const keys = `case when len(map_keys(${value})) > 0 then map_keys(${value}) end`;
  return `select ${keys} as ks, ${text} as name from read_json(${fileSql(path)}, ${plainFile}, format = ${quoteText(layout)}, ignore_errors = true, records = ${row !== undefined}, columns = {${columns.join(", ")}}, maximum_object_size = ${objectSize(path, layout)})`;
}

function keysOfValues(records: string, { row, name }: SurveyShape): string {
  const value = row === undefined ? "json" : `json_extract(json, ${quoteText(`$.${row}`)})`;
  const text = name === undefined ? "''" : `json_extract_string(json, ${quoteText(`$.${name}`)})`;
  return `select case when json_type(${value}) = 'OBJECT' then json_keys(${value}) end as ks, ${text} as name from ${records}`;
}

async function survey(keys: string, connection: DuckDBConnection): Promise<Omit<SurveyedRecords, "plain">> {
  const lists = `select ks, coalesce(name, '') as name, count(*) as n from (${keys}) group by all`;
  const found = await textRows(
    connection,
    `with lists as materialized (${lists}) select distinct 'key' as kind, name, unnest(ks) as k from lists union all select 'odd', '', cast(coalesce(sum(n), 0) as VARCHAR) from lists where ks is null union all select 'twice', '', cast(coalesce(sum(n), 0) as VARCHAR) from lists where len(ks) <> len(list_distinct(ks))`,
  );
  const byName = new Map<string, Set<string>>();
  let odd = 0;
  let twice = 0;
  for (const [kind, name = "", value = ""] of found) {
    if (kind === "odd") odd = Number(value);
    else if (kind === "twice") twice = Number(value);
    else byName.set(name, (byName.get(name) ?? new Set()).add(value));
  }
  const fields = [...new Set([...byName.values()].flatMap((set) => [...set]))].sort();
  return { fields, byName, odd, twice };
}
