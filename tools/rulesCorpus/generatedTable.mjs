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

/** Writes `count` generated rows of each schema as Parquet into `folder`; answers with the layouts. */
export async function writeGeneratedTables(schemas, count, folder) {
  const database = await openDatabase({ folders: [folder] });
  const connection = await database.connect();
  const layouts = [];
  for (const schema of schemas) layouts.push(await writeTable(schema, count, folder, connection));
  connection.closeSync();
  database.close();
  return layouts;
}

async function writeTable(schema, count, folder, connection) {
  const file = join(folder, `${schema.name}.parquet`);
  const columns = schema.columns.map((column, index) => ({ ...column, physical: `c${index}`, complete: true }));
  const names = columns.map((column) => column.physical);
  await connection.run(`create or replace table rows (${names.map((name) => `${name} varchar`).join(", ")})`);
  const appender = await connection.createAppender("rows");
  for (const row of unusualRows(schema, count, SEED)) {
    for (const [at, cell] of row.entries()) {
      const value = physical(cell, columns[at].type);
      if (value === null) appender.appendNull();
      else appender.appendVarchar(value);
    }
    appender.endRow();
  }
  appender.closeSync();
  const items = columns.map(({ physical: name, type }) => `try_cast(${name} as ${physicalTypes[type]}) as ${name}`);
  await connection.run(`copy (select ${items.join(", ")} from rows) to '${file}' (format parquet)`);
  return { name: schema.name, columns, files: [file] };
}

function physical(cell, type) {
  if (cell === null) return null;
  if (type === "datetime") return String(parseDatetime(cell) ?? "");
  if (type === "timespan") return String(parseTimespan(cell) ?? "");
  return cell;
}
