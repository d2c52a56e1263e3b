import type { ColumnSchema, TableSchema } from "@goshawk/kql";
import type { Cell } from "../compare/cell.ts";
import type { Row } from "../compare/rows.ts";
import { plausibleValue } from "../rows/plausibleValue.ts";
import { type Random, randomFrom } from "../rows/random.ts";
import { unusualValues } from "../rows/unusualValues.ts";
import { literalOf } from "./literal.ts";
import { spelled } from "./tree.ts";

/** A small table with all of its rows. */
export interface SmallTable {
  readonly schema: TableSchema;
  readonly rows: readonly Row[];
}

const columns = (text: string): readonly ColumnSchema[] =>
  text.split(/,\s*/).map((part) => {
    const [name = "", type = ""] = part.split(":");
    return { name, type: type as ColumnSchema["type"] };
  });

const schemas: readonly TableSchema[] = [
  {
    name: "T",
    columns: columns(
      "Timestamp:datetime, Name:string, Text:string, Flag:bool, Small:int, Count:long, Size:long, Part:real, Exact:decimal, Span:timespan, Id:guid, Bag:dynamic, odd name:long, name:string",
    ),
  },
  {
    name: "U",
    columns: columns("Timestamp:datetime, Name:string, Count:real, Id:guid, Info:dynamic, DeviceIp:string"),
  },
  { name: "V", columns: columns("Small:int, Part:real, Text:string, Start:datetime, Span:timespan, Bag:dynamic") },
];

/** Tables with few rows, some with none; the seed fixes them. */
export function smallTables(seed: string): readonly SmallTable[] {
  const random = randomFrom(seed);
  return schemas.map((schema) => {
    const count = random.pick([0, 1, 3, 6, 9]);
    return {
      schema,
      rows: Array.from({ length: count }, () => schema.columns.map((column) => cellOf(column, random))),
    };
  });
}

/** A cell that a log might hold, or an odd one; values that the engine has no room for are left out. */
export function cellOf(column: ColumnSchema, random: Random): Cell {
  const odd = unusualValues[column.type].filter((cell) => cell === null || (cell.length < 100 && cell !== tooLarge));
  return random.below(2) === 0 ? plausibleValue(column, random) : (odd[random.below(odd.length)] ?? null);
}

/** SEMANTICS.md V7: a decimal keeps 20 digits before its point. */
const tooLarge = "-79228162514264337593543950335";

/** The table as a `datatable` expression. */
export function datatableOf({ schema, rows }: SmallTable): string {
  const declared = schema.columns.map(({ name, type }) => `${spelled(name)}: ${type}`).join(", ");
  const cells = rows.map((row) =>
    row.map((cell, at) => literalOf(cell, schema.columns[at]?.type ?? "string")).join(", "),
  );
  return `datatable(${declared})[\n  ${cells.join(",\n  ")}]`;
}
