import type { ColumnSchema, TableSchema } from "@goshawk/kql";
import type { Cell } from "../compare/cell.ts";
import type { Row } from "../compare/rows.ts";
import { plausibleValue } from "./plausibleValue.ts";
import { randomFrom } from "./random.ts";
import { unusualValues } from "./unusualValues.ts";

/**
 * `count` rows that schema and seed fix: the unusual values of each column's type in turn, and between them
 * plausible ones, so that odd values meet ordinary ones. Cells are Kusto's text or null.
 */
export function* unusualRows(schema: TableSchema, count: number, seed: number): Generator<Row> {
  const columns = schema.columns.map((column) => columnValues(column, `${seed}/${schema.name}/${column.name}`));
  for (let row = 0; row < count; row += 1) yield columns.map((next) => next());
}

function columnValues(column: ColumnSchema, seed: string): () => Cell {
  const random = randomFrom(seed);
  const unusual = unusualValues[column.type];
  let turn = random.below(unusual.length);
  return () => {
    if (random.below(2) === 0) return plausibleValue(column, random);
    turn = (turn + 1) % unusual.length;
    const [first] = unusual;
    return turn === 0 ? first : (unusual[turn] ?? null);
  };
}
