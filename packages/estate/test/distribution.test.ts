import { describe, expect, it } from "vitest";
import { useSmallEstate } from "./support/smallEstate.ts";

const small = useSmallEstate();

function tally(values: readonly unknown[]): [unknown, number][] {
  const counts = new Map<unknown, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

describe("proportions", () => {
  it("image loads come before network, process, file and certificate rows", () => {
    const { rows } = small().manifest;
    expect(rows.DeviceImageLoadEvents).toBeGreaterThan(rows.DeviceNetworkEvents);
    expect(rows.DeviceNetworkEvents).toBeGreaterThan(rows.DeviceProcessEvents);
    expect(rows.DeviceProcessEvents).toBeGreaterThan(rows.DeviceFileEvents);
    expect(rows.DeviceFileEvents).toBeGreaterThan(rows.DeviceFileCertificateInfo);
    expect(rows.DeviceFileCertificateInfo).toBeGreaterThan(rows.DeviceInfo);
  });

  it("Microsoft Windows leads the signers, and a long tail of others follows", () => {
    const signers = tally(
      small()
        .rows.filter((row) => row.table === "DeviceFileCertificateInfo")
        .map((row) => row.cells.Signer),
    );
    expect(signers[0]?.[0]).toBe("Microsoft Windows");
    expect(signers.length).toBeGreaterThan(100);
    const once = signers.filter(([, count]) => count <= 4).length;
    expect(once).toBeGreaterThan(signers.length / 3);
  });

  it("most certificate rows are background, not plants", () => {
    const planted = small()
      .manifest.truth.tools.flatMap((tool) => tool.sightings)
      .reduce((sum, one) => sum + one.allTime.count, 0);
    expect(planted).toBeLessThan(small().manifest.rows.DeviceFileCertificateInfo / 2);
  });

  it("some files are checked again on the same device", () => {
    const checks = tally(
      small()
        .rows.filter((row) => row.table === "DeviceFileCertificateInfo")
        .map((row) => `${row.cells.DeviceId}/${row.cells.SHA1}`),
    );
    const again = checks.filter(([, count]) => count > 1).length;
    expect(again).toBeGreaterThan(20);
    expect(again).toBeLessThan(checks.length / 2);
  });
});

describe("time", () => {
  it("no event is outside the span, and every table's newest is the estate's present", () => {
    const { rows, manifest } = small();
    for (const table of Object.keys(manifest.rows)) {
      const times = rows
        .filter((row) => row.table === table)
        .map((row) => row.time)
        .sort();
      expect([table, times.at(-1)]).toEqual([table, "2026-10-16T12:00:00.0000000Z"]);
      expect((times[0] ?? "") >= "2026-09-16T12:00:00.0000000Z").toBe(true);
    }
    const first = rows.map((row) => row.time).sort()[0];
    expect(manifest.span).toEqual({ first, last: "2026-10-16T12:00:00.0000000Z" });
  });

  it("every day has rows of every table, working days more of them", () => {
    const days = tally(small().rows.map((row) => row.time.slice(0, 10)));
    expect(days).toHaveLength(31);
    const count = new Map(days);
    // 2026-10-10 and 11 are a weekend, 2026-10-07 and 08 are not.
    expect(count.get("2026-10-07") ?? 0).toBeGreaterThan(2 * (count.get("2026-10-10") ?? 0));
    expect(count.get("2026-10-08") ?? 0).toBeGreaterThan(2 * (count.get("2026-10-11") ?? 0));
  });

  it("a process starts after its parent", () => {
    for (const { cells } of small().rows.filter((row) => row.table === "DeviceProcessEvents")) {
      const created = String(cells.ProcessCreationTime);
      const parent = String(cells.InitiatingProcessCreationTime);
      if (parent > created) expect([cells.FileName, parent]).toEqual([cells.FileName, `before ${created}`]);
    }
  });
});
