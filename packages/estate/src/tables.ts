export const tableNames = [
  "DeviceImageLoadEvents",
  "DeviceNetworkEvents",
  "DeviceProcessEvents",
  "DeviceFileEvents",
  "DeviceFileCertificateInfo",
  "DeviceInfo",
] as const;

export type TableName = (typeof tableNames)[number];

export type RowCounts = Readonly<Record<TableName, number>>;

/** Part of all rows that a table gets; image loads take what is left. */
const shares: Readonly<Partial<Record<TableName, number>>> = {
  DeviceNetworkEvents: 0.25,
  DeviceProcessEvents: 0.195,
  DeviceFileEvents: 0.12,
  DeviceFileCertificateInfo: 0.0775,
};
const inventoryShare = 0.0075;

/** Rows for each table, adding up to `rows`; every device is in the inventory at least once. */
export function shareOut(rows: number, devices: number): RowCounts {
  const part = (table: TableName): number => Math.round(rows * (shares[table] ?? 0));
  const counts = {
    DeviceNetworkEvents: part("DeviceNetworkEvents"),
    DeviceProcessEvents: part("DeviceProcessEvents"),
    DeviceFileEvents: part("DeviceFileEvents"),
    DeviceFileCertificateInfo: part("DeviceFileCertificateInfo"),
    DeviceInfo: Math.max(devices, Math.round(rows * inventoryShare)),
  };
  const taken = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { DeviceImageLoadEvents: rows - taken, ...counts };
}

export function eachTable<T>(make: (table: TableName) => T): Record<TableName, T> {
  return {
    DeviceImageLoadEvents: make("DeviceImageLoadEvents"),
    DeviceNetworkEvents: make("DeviceNetworkEvents"),
    DeviceProcessEvents: make("DeviceProcessEvents"),
    DeviceFileEvents: make("DeviceFileEvents"),
    DeviceFileCertificateInfo: make("DeviceFileCertificateInfo"),
    DeviceInfo: make("DeviceInfo"),
  };
}
