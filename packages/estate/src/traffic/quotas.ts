import type { Span } from "../clock.ts";
import type { PlannedEvent } from "../plan/plant.ts";
import { eachTable, type RowCounts, type TableName, tableNames } from "../tables.ts";
import { plannedTable } from "./planned.ts";
import { dailyQuotas } from "./schedule.ts";

export type Quotas = Readonly<Record<TableName, readonly number[]>>;

/** Background rows for each table and day; the planned rows and the last ones make up the rest. */
export function backgroundQuotas(span: Span, counts: RowCounts, planned: readonly PlannedEvent[]): Quotas {
  const plannedCounts = eachTable(() => 1);
  for (const event of planned) plannedCounts[plannedTable[event.kind]]++;
  return eachTable((table) => {
    const left = counts[table] - plannedCounts[table];
    if (left < 0) {
      throw new RangeError(
        `rows: ${counts[table]} rows of ${table} are too few for the ${plannedCounts[table]} that are planted`,
      );
    }
    return dailyQuotas(span, left);
  });
}

/** The tables of a day's background rows, as places in `tableNames`, one for each row. */
export function kindsOfDay(quotas: Quotas, day: number): Uint8Array {
  const counts = tableNames.map((table) => quotas[table][day] ?? 0);
  const kinds = new Uint8Array(counts.reduce((sum, count) => sum + count, 0));
  let at = 0;
  counts.forEach((count, kind) => {
    kinds.fill(kind, at, at + count);
    at += count;
  });
  return kinds;
}
