import type { TimePair } from "@goshawk/engine/database";
import type { KqlType } from "@goshawk/kql";
import { catalogueTable } from "./catalogue.ts";

/** Defender writes `Timestamp`, Sentinel `TimeGenerated`: in a table that both know they are the one event time. */
export const eventTimes: readonly ["Timestamp", "TimeGenerated"] = ["Timestamp", "TimeGenerated"];

interface NamedColumn {
  readonly name: string;
  readonly type: KqlType;
  readonly physical: string;
}

/** Where only one of a table's event times is stored, the other is the same column. */
export function withBothTimes<C extends NamedColumn>(table: string, columns: readonly C[]): readonly C[] {
  const known = knownColumns(table);
  const stored = columns.find((column) => eventTimes.some((time) => time === column.name));
  const missing = eventTimes.find((time) => known.has(time) && !columns.some((column) => column.name === time));
  return stored === undefined || missing === undefined ? columns : [...columns, { ...stored, name: missing }];
}

/** The two columns of a table's event time, where both are stored. */
export function timePair(table: string, columns: readonly NamedColumn[]): TimePair | undefined {
  const [first, second] = eventTimes.map((time) =>
    columns.find((column) => column.name === time && column.type === "datetime"),
  );
  if (first === undefined || second === undefined || first.physical === second.physical) return undefined;
  const known = knownColumns(table);
  return eventTimes.every((time) => known.has(time)) ? [first.physical, second.physical] : undefined;
}

function knownColumns(table: string): ReadonlySet<string> {
  return new Set(catalogueTable(table)?.columns.map((column) => column.name));
}
