import { catalogueTable, type StoreSnapshot } from "@goshawk/store";

/** Which column says when the events of a table happened. */
export function eventTimeIn(snapshot: StoreSnapshot): (table: string) => string {
  const stored = new Map(snapshot.tables.map((table) => [table.name, table.eventTime]));
  return (table) => {
    const columns = catalogueTable(table)?.columns.map((column) => column.name) ?? [];
    return (
      ["Timestamp", "TimeGenerated"].find((name) => columns.includes(name)) ?? stored.get(table) ?? "TimeGenerated"
    );
  };
}
