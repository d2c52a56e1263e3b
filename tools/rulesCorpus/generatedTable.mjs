import { join } from "node:path";
import { openDatabase } from "@goshawk/engine/duckdb";
import { parseDatetime, parseTimespan } from "@goshawk/kql";
import { unusualRows } from "@goshawk/testkit";

const SEED = 7;
const physicalTypes = {
  bool: "BOOLEAN",
  int: "BIGINT",
  long: "BIGINT",
  real: "DOUBLE",
  decimal: "DECIMAL(38,18)",
  datetime: "BIGINT",
  timespan: "BIGINT",
  string: "VARCHAR",
  guid: "VARCHAR",
  dynamic: "VARCHAR",
};

/** Writes generated rows of `schema` as Parquet into `folder`; answers with the layout. */
export async function writeGeneratedTable(schema, count, folder) {
  const file = join(folder, `${schema.name}.parquet`);
  const rows = [...unusualRows(schema, count, SEED)].map((row) =>
    row.map((cell, at) => physical(cell, schema.columns[at].type)),
  );
  const columns = schema.columns.map((column, index) => ({ ...column, physical: `c${index}`, complete: true }));
  const database = await openDatabase({ folders: [folder] });
  const connection = await database.connect();
  const names = columns.map((column) => column.physical);
  await connection.run(`create table rows (${names.map((name) => `${name} varchar`).join(", ")})`);
  for (const row of rows) {
    const marks = row.map((_, at) => `$${at + 1}`).join(", ");
    await connection.run(`insert into rows values (${marks})`, row);
  }
  const items = columns.map(({ physical: name, type }) => `try_cast(${name} as ${physicalTypes[type]}) as ${name}`);
  await connection.run(`copy (select ${items.join(", ")} from rows) to '${file}' (format parquet)`);
  connection.closeSync();
  database.close();
  return { name: schema.name, columns, files: [file] };
}

function physical(cell, type) {
  if (cell === null) return null;
  if (type === "datetime") return String(parseDatetime(cell) ?? "");
  if (type === "timespan") return String(parseTimespan(cell) ?? "");
  return cell;
}
