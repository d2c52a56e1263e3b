import { fileURLToPath } from "node:url";
import { type DuckDBConnection, openDatabase, registerHostFunctions } from "@goshawk/engine/duckdb";
import { type CompiledQuery, compile, explain, positionAt } from "@goshawk/kql";
import { catalogueTable, catalogueTableNames } from "@goshawk/store";
import { afterAll, beforeAll, describe, test } from "vitest";
import { type GoldenOutput, golden } from "../../src/goldenFiles/golden.ts";

const folder = fileURLToPath(new URL("../../../kql/test/golden", import.meta.url));
/** 2026-10-31T12:00:00Z in ticks. */
const NOW = 639_290_448_000_000_000n;

interface Emitted extends GoldenOutput {
  readonly query?: CompiledQuery;
}

let connection: DuckDBConnection;
let close: () => void = () => undefined;

beforeAll(async () => {
  const database = await openDatabase();
  connection = await database.connect();
  registerHostFunctions(connection);
  close = () => {
    connection.closeSync();
    database.close();
  };
});

afterAll(() => close());

function emit(kql: string): Emitted {
  const result = compile(kql, {
    now: NOW,
    table: catalogueTable,
    tableNames: catalogueTableNames,
    layout: () => ({ relation: undefined, columns: new Map() }),
  });
  if (!result.ok) return { diagnostics: result.diagnostics.map((item) => placed(item, kql)).join("\n") };
  const { query } = result;
  const parameters = query.parameters.map((value, index) => `-- $${index + 1} = ${JSON.stringify(value)}`);
  return { ir: explain(query.rel), sql: [...parameters, query.sql].join("\n"), query };
}

function placed(
  item: { readonly span: { readonly start: number }; readonly code: string; readonly message: string },
  kql: string,
): string {
  const at = positionAt(kql, item.span.start);
  return `${at.line}:${at.column} ${item.code}: ${item.message}`;
}

async function plan(_sql: string, output: Emitted): Promise<void> {
  if (output.query !== undefined) await connection.run(`explain ${output.query.sql}`, [...output.query.parameters]);
}

describe("what KQL compiles to, and DuckDB plans", async () => {
  const cases = await golden(folder, { emit, explain: plan });
  test.each(cases)("$name", ({ check }) => check());
});
