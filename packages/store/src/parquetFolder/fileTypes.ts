import { basename } from "node:path";
import { type DuckDBConnection, fileSql, parquetFilesSql } from "@goshawk/engine/duckdb";

/** The files of a table in which a column is of one type. */
export interface FilesOfType {
  readonly native: string;
  readonly files: number;
  readonly example: string;
}

/** By lower-case column: its types, where the files of a table do not agree on it. A file without the column says nothing. */
export async function differingTypes(
  files: readonly string[],
  connection: DuckDBConnection,
): Promise<ReadonlyMap<string, readonly FilesOfType[]>> {
  const facts = "name, type, converted_type, logical_type, scale, precision, num_children, type_length";
  const schemas = `select file_name, list(row(${facts}) order by column_id) as columns from parquet_schema([${files.map(fileSql).join(", ")}]) group by file_name`;
  const groups = (
    await connection.runAndReadAll(`select min(file_name), count(*) from (${schemas}) group by columns order by 1`)
  ).getRows();
  const columns = new Map<string, FilesOfType[]>();
  for (const [file, count] of groups.length > 1 ? groups : []) {
    const described = `describe select * from ${parquetFilesSql([String(file)])}`;
    for (const [name, native] of (await connection.runAndReadAll(described)).getRows()) {
      const key = String(name).toLowerCase();
      const types = columns.get(key) ?? [];
      const known = types.find((one) => one.native === String(native));
      const more = { native: String(native), files: Number(count) + (known?.files ?? 0), example: String(file) };
      columns.set(key, [...types.filter((one) => one !== known), { ...more, example: known?.example ?? more.example }]);
    }
  }
  return new Map([...columns].filter(([, types]) => types.length > 1));
}

const WHOLE = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/;
const NARROW = /^U?(TINYINT|SMALLINT|INTEGER)$/;
const REAL = /^(FLOAT|DOUBLE)$/;

/** What to say of a column that is of several types in the files, and is read as `together`; nothing where no value changes. */
export function differenceNote(types: readonly FilesOfType[], together: string): string | undefined {
  const all = (of: RegExp): boolean => types.every(({ native }) => of.test(native));
  if (types.length < 2 || (all(WHOLE) && WHOLE.test(together)) || all(REAL)) return undefined;
  const named = types.map(
    ({ native, files, example }) =>
      `${native} in ${files} ${files === 1 ? "file" : "files"} (${files === 1 ? "" : "such as "}${basename(example)})`,
  );
  const rounded =
    REAL.test(together) && types.some(({ native }) => !REAL.test(native) && !NARROW.test(native))
      ? ", which rounds numbers of more than 15 digits"
      : "";
  return `is ${named.join(" and ")}; it is read as ${together} everywhere${rounded}`;
}
