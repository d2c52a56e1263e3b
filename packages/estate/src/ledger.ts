import type { Plant } from "./plan/plant.ts";
import type { TableName } from "./tables.ts";

/** A certificate row of a plant as it stands in its file. */
export interface CheckRecord {
  readonly tick: number;
  readonly reportId: number;
}

export interface PlantRecord {
  readonly plant: Plant;
  readonly checks: CheckRecord[];
  readonly rows: Partial<Record<TableName, number>>;
}

/** What was written of each plant, in the order of first appearance. */
export interface Ledger {
  readonly note: (plant: Plant, table: TableName, check: CheckRecord) => void;
  readonly records: () => readonly PlantRecord[];
}

export function createLedger(): Ledger {
  const records = new Map<Plant, PlantRecord>();
  return {
    note: (plant, table, check) => {
      const record = records.get(plant) ?? { plant, checks: [], rows: {} };
      records.set(plant, record);
      record.rows[table] = (record.rows[table] ?? 0) + 1;
      if (table === "DeviceFileCertificateInfo") record.checks.push(check);
    },
    records: () => [...records.values()],
  };
}
