import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ReadRow } from "./support/readEstate.ts";
import { hasShared, readShared, readSharedText } from "./support/shared.ts";
import { useSmallEstate } from "./support/smallEstate.ts";

const small = useSmallEstate();

function linesOf(path: RegExp): string[] {
  const { folder, manifest } = small();
  const files = manifest.files.filter((file) => path.test(file.path));
  return files.flatMap((file) =>
    readFileSync(join(folder, file.path), "utf8")
      .split("\r\n")
      .filter((line) => line !== ""),
  );
}

function streamed(table: string): ReadRow[] {
  return small().rows.filter((row) => row.table === table && !row.portal);
}

describe("streamed rows", () => {
  it.skipIf(!hasShared)("carry the envelope of the public sample, key by key in order", () => {
    const sample = readSharedText("data/format-samples/defender-streaming-storage.jsonl").split(/\r?\n/)[0] ?? "";
    const keys = Object.keys(JSON.parse(sample));
    for (const line of linesOf(/^insights/)) expect(Object.keys(JSON.parse(line))).toEqual(keys);
  });

  it.skipIf(!hasShared)("have no column that the real table lacks, and none of another type", () => {
    interface Table {
      readonly name: string;
      readonly xdr?: Readonly<Record<string, string>>;
    }
    const schemas = new Map(
      readShared<{ readonly tables: readonly Table[] }>("schemas/tables.json").tables.map((table) => [
        table.name,
        table.xdr ?? {},
      ]),
    );
    const fits: Readonly<Record<string, (value: unknown) => boolean>> = {
      string: (value) => typeof value === "string",
      dynamic: (value) => typeof value === "string",
      datetime: (value) => typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{7})?Z$/.test(value),
      bool: (value) => typeof value === "boolean",
      long: (value) => Number.isInteger(value),
      int: (value) => Number.isInteger(value),
    };
    for (const row of small().rows.filter((one) => !one.portal)) {
      for (const [column, value] of Object.entries(row.cells)) {
        const type = schemas.get(row.table)?.[column];
        const fine = type !== undefined && (value === null || fits[type]?.(value) === true);
        if (!fine) expect([row.table, column, type, value]).toBe("a column of the table, or null");
      }
    }
  });

  it("have times of seven digits", () => {
    for (const row of small().rows.filter((one) => !one.portal)) {
      if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/.test(row.time)) expect(row.time).toBe("seven digits");
    }
  });

  it("lie in the file of their day, and arrive after they happened", () => {
    for (const { folder, manifest } of [small()]) {
      for (const file of manifest.files.filter((one) => one.format === "defender-streaming")) {
        const [, y, m, d] =
          /^insights-logs-advancedhunting-[a-z]+\/y=(\d{4})\/m=(\d\d)\/d=(\d\d)\/PT24H\.json$/.exec(file.path) ?? [];
        for (const line of readFileSync(join(folder, file.path), "utf8").split("\r\n").slice(0, -1)) {
          const record = JSON.parse(line) as {
            time: string;
            _TimeReceivedBySvc: string;
            properties: { Timestamp: string };
          };
          expect(record.properties.Timestamp.slice(0, 10)).toBe(`${y}-${m}-${d}`);
          expect([record.properties.Timestamp, record._TimeReceivedBySvc, record.time]).toEqual(
            [record.properties.Timestamp, record._TimeReceivedBySvc, record.time].sort(),
          );
        }
      }
    }
  });

  it("have process ids as text, some beyond what a double holds", () => {
    const ids = streamed("DeviceProcessEvents").map((row) => row.cells.ProcessUniqueId);
    expect(ids.every((id) => typeof id === "string" && /^\d{15,19}$/.test(id))).toBe(true);
    expect(ids.some((id) => BigInt(String(id)) > 2n ** 53n && !Number.isSafeInteger(Number(id)))).toBe(true);
    const rows = streamed("DeviceProcessEvents").map((row) => `${row.cells.DeviceId}/${row.cells.ProcessUniqueId}`);
    expect(new Set(rows).size).toBe(rows.length);
  });

  it("have report ids of the inventory as bare numbers beyond what a double holds", () => {
    const ids = linesOf(/deviceinfo/).map((line) => /"ReportId":(\d+),/.exec(line)?.[1] ?? "");
    expect(ids.every((id) => /^\d{18}$/.test(id))).toBe(true);
    expect(ids.some((id) => String(Number(id)) !== id)).toBe(true);
  });

  it("have additional fields as JSON text", () => {
    const fields = streamed("DeviceFileEvents").map((row) => row.cells.AdditionalFields);
    expect(fields.every((text) => typeof text === "string" && typeof JSON.parse(text) === "object")).toBe(true);
  });

  it("have signers beyond ASCII, unsigned files, and trusted as well as distrusted signatures", () => {
    const rows = streamed("DeviceFileCertificateInfo");
    const signers = new Set(rows.map((row) => row.cells.Signer));
    expect(signers).toContain("DWSNET OÜ");
    expect(signers).toContain("Krämer IT Solutions GmbH");
    expect(rows.some((row) => row.cells.IsSigned === false && row.cells.Signer === null)).toBe(true);
    expect(rows.some((row) => row.cells.IsSigned === true && row.cells.IsTrusted === false)).toBe(true);
  });

  it("name the initiating process in lower case but the file as it is spelt", () => {
    for (const { cells } of streamed("DeviceProcessEvents")) {
      expect(cells.InitiatingProcessFileName).toBe(String(cells.InitiatingProcessFileName).toLowerCase());
    }
    expect(streamed("DeviceProcessEvents").some(({ cells }) => cells.FileName === "SolarWinds.SAM.exe")).toBe(true);
  });
});

describe("portal exports", () => {
  it("begin with a byte-order mark and bare column names, Timestamp first", () => {
    for (const header of linesOf(/^portal-export\//).filter((line) => line.startsWith("\uFEFF"))) {
      expect(header).toMatch(/^\uFEFFTimestamp,DeviceId,DeviceName,[A-Za-z,0-9]+$/);
    }
    const { manifest } = small();
    expect(manifest.files.filter((file) => file.format === "defender-portal-csv").map((file) => file.path)).toEqual([
      "portal-export/DeviceFileCertificateInfo_2026-10-04.csv",
      "portal-export/DeviceFileCertificateInfo_2026-10-13.csv",
      "portal-export/DeviceNetworkEvents_2026-10-13.csv",
    ]);
  });

  it("write times, booleans, nulls and quotes as the portal does", () => {
    const rows = small().rows.filter((row) => row.portal && row.table === "DeviceFileCertificateInfo");
    expect(rows.length).toBeGreaterThan(50);
    for (const { cells } of rows) {
      expect(cells.Timestamp).toMatch(/^Oct (4|13), 2026 ([1-9]|1[0-2]):\d\d:\d\d [AP]M$/);
      expect(cells.IsTrusted).toMatch(/^[01]$/);
      if (cells.IsSigned === "1") expect(Array.isArray(JSON.parse(String(cells.CrlDistributionPointUrls)))).toBe(true);
    }
    expect(rows.some((row) => row.cells.CertificateCountersignatureTime === "Invalid date")).toBe(true);
  });

  it("take the rows of their day away from the stream", () => {
    const streamedDay = small().rows.filter(
      (row) => row.table === "DeviceFileCertificateInfo" && !row.portal && /^2026-10-(04|13)/.test(row.time),
    );
    expect(streamedDay).toEqual([]);
  });
});
