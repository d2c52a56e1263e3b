import { describe, expect, it } from "vitest";
import type { Sighting } from "../src/index.ts";
import type { ReadRow } from "./support/readEstate.ts";
import { useSmallEstate } from "./support/smallEstate.ts";

const small = useSmallEstate();

function table(name: string): ReadRow[] {
  return small().rows.filter((row) => row.table === name);
}

function keys(rows: readonly ReadRow[], column = "SHA1"): Set<string> {
  return new Set(rows.map((row) => `${row.cells.DeviceId}/${row.cells[column]}`));
}

function sightings(): Sighting[] {
  return small().manifest.truth.tools.flatMap((tool) => [...tool.sightings, ...tool.notFoundBySigner]);
}

describe("tables agree by device and SHA1", () => {
  it("every planted file was written, loaded and checked on its device", () => {
    const where = {
      files: keys(table("DeviceFileEvents")),
      loads: keys(table("DeviceImageLoadEvents")),
      checks: keys(table("DeviceFileCertificateInfo")),
    };
    for (const { deviceId, sha1, folderPath } of sightings()) {
      for (const [name, known] of Object.entries(where)) {
        expect([folderPath, name, known.has(`${deviceId}/${sha1}`)]).toEqual([folderPath, name, true]);
      }
    }
  });

  it("every planted program ran and spoke to the network from its device, unless a scenario brought it", () => {
    const runs = keys(table("DeviceProcessEvents"));
    const calls = keys(
      table("DeviceNetworkEvents").filter((row) => !row.portal),
      "InitiatingProcessSHA1",
    );
    for (const { class: kind, deviceId, sha1, fileName } of sightings()) {
      if (kind === "scenario") continue;
      expect([fileName, runs.has(`${deviceId}/${sha1}`)]).toEqual([fileName, true]);
      expect([fileName, calls.has(`${deviceId}/${sha1}`)]).toEqual([fileName, true]);
    }
  });

  it("every row that the manifest counts for a plant can be found", () => {
    for (const { deviceId, sha1, rows } of sightings()) {
      const own = table("DeviceFileCertificateInfo").filter(
        (row) => row.cells.DeviceId === deviceId && row.cells.SHA1 === sha1,
      );
      expect(own).toHaveLength(rows.DeviceFileCertificateInfo ?? 0);
    }
  });

  it("a vendor's file is checked on a device before it runs or is loaded there", () => {
    const checked = keys(table("DeviceFileCertificateInfo"));
    const used = [...table("DeviceImageLoadEvents"), ...table("DeviceProcessEvents")].filter(
      (row) =>
        /^C:\\Program Files/.test(String(row.cells.FolderPath)) &&
        !/\\Microsoft/.test(String(row.cells.FolderPath)) &&
        !/WindowsApps/.test(String(row.cells.FolderPath)),
    );
    expect(used.length).toBeGreaterThan(200);
    for (const row of used)
      expect([row.cells.FolderPath, checked.has(`${row.cells.DeviceId}/${row.cells.SHA1}`)]).toEqual([
        row.cells.FolderPath,
        true,
      ]);
  });

  it("a device id has one name, and there are as many as were asked for", () => {
    const names = new Map<unknown, Set<unknown>>();
    for (const { cells } of small().rows) {
      names.set(cells.DeviceId, (names.get(cells.DeviceId) ?? new Set()).add(cells.DeviceName));
    }
    expect(names.size).toBe(50);
    for (const known of names.values()) expect(known.size).toBe(1);
  });

  it("a report id comes once on a device, and rises with time", () => {
    const last = new Map<unknown, number>();
    const rows = small()
      .rows.filter((row) => row.table !== "DeviceInfo")
      .map((row) => ({ id: Number(row.cells.ReportId), device: row.cells.DeviceId, time: row.time }));
    rows.sort((a, b) => a.id - b.id);
    const seen = new Map<unknown, string>();
    for (const row of rows) {
      expect(row.id).not.toBe(last.get(row.device));
      // A portal export keeps whole seconds only.
      expect(row.time.slice(0, 19) >= (seen.get(row.device) ?? "")).toBe(true);
      last.set(row.device, row.id);
      seen.set(row.device, row.time.slice(0, 19));
    }
  });

  it("one content has one set of hashes wherever it lies", () => {
    const bySha1 = new Map<unknown, Set<string>>();
    for (const { cells } of [...table("DeviceImageLoadEvents"), ...table("DeviceProcessEvents")]) {
      bySha1.set(cells.SHA1, (bySha1.get(cells.SHA1) ?? new Set()).add(`${cells.SHA256}/${cells.MD5}`));
    }
    for (const known of bySha1.values()) expect(known.size).toBe(1);
  });
});
