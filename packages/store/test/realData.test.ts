import { join } from "node:path";
import { sharedFolder } from "@goshawk/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, bench } from "./support.ts";

const data = sharedFolder("data");

/** Row counts and facts as the data's own README states them. */
const mapped: Readonly<Record<string, number>> = {
  AWSCloudTrail: 103,
  DeviceEvents: 1025,
  DeviceFileCertificateInfo: 3120,
  DeviceFileEvents: 2094,
  DeviceImageLoadEvents: 12_288,
  DeviceLogonEvents: 170,
  DeviceNetworkEvents: 752,
  DeviceProcessEvents: 274 + 1564,
  DeviceRegistryEvents: 26_316,
  Event: 5434,
  SecurityEvent: 2245,
  WindowsEvent: 5434,
};

describe.skipIf(data === undefined)("real data (needs the shared reference data)", () => {
  let at: Bench;

  beforeAll(async () => {
    at = await bench();
    const report = await at.ingest(join(data ?? "", "mapped"));
    expect(report.failed).toEqual([]);
  });

  afterAll(() => at.remove());

  test("every row of every table is stored", async () => {
    const { tables } = await at.store.snapshot();
    const counts = Object.fromEntries(
      tables.filter((item) => !item.name.endsWith("_CL")).map((item) => [item.name, item.rows]),
    );
    expect(counts).toEqual(mapped);
  });

  test.each([
    [
      "DeviceFileCertificateInfo | summarize countif(IsSigned and IsTrusted), countif(IsSigned == false)",
      ["2955", "165"],
    ],
    ["DeviceFileCertificateInfo | where Signer == 'Microsoft Windows' | count", ["2771"]],
    ["DeviceFileCertificateInfo | where Signer has 'Wireshark Foundation' | count", ["19"]],
    [
      "DeviceNetworkEvents | summarize countif(ActionType == 'ConnectionSuccess'), countif(ActionType == 'InboundConnectionAccepted')",
      ["497", "255"],
    ],
    ["DeviceNetworkEvents | where RemoteIPType == 'Public' | count", ["20"]],
    ["DeviceRegistryEvents | where ActionType == 'RegistryValueSet' | count", ["3250"]],
    ["DeviceLogonEvents | where ActionType == 'LogonFailed' | count", ["7"]],
    ["DeviceEvents | where ActionType == 'ServiceInstalled' | count", ["3"]],
    ["DeviceEvents | where TimeGenerated != Timestamp | count", ["0"]],
  ])("%s", async (kql, expected) => {
    expect(await at.rows(kql)).toEqual([expected]);
  });
});

describe.skipIf(data === undefined)("exports of every format (needs the shared reference data)", () => {
  let at: Bench;

  beforeAll(async () => {
    at = await bench();
    await at.ingest(join(data ?? "", "format-samples"), join(data ?? "", "sentinel-csv"));
  });

  afterAll(() => at.remove());

  test("portal exports of a workspace land in their tables with all rows", async () => {
    const { tables } = await at.store.snapshot();
    const rows = new Map(tables.map((item) => [item.name, item.rows]));
    expect(rows.get("OfficeActivity")).toBe(266 + 2);
    expect(rows.get("CommonSecurityLog")).toBe(1);
    expect(rows.get("AuditLogs")).toBe(5);
  });

  test("an id above 2^53 keeps its digits", async () => {
    const [[id = ""] = []] = await at.rows("kusto_v2_CL | summarize max(toint(1)) | project '1'");
    expect(id).toBe("1");
    expect(await at.rows("union withsource=T kusto_v1_CL, kusto_v2_CL | summarize dcount(T)")).toEqual([["2"]]);
  });

  test("a streaming record's ticks are exact", async () => {
    const rows = await at.rows("DeviceFileCertificateInfo | distinct Timestamp");
    expect(rows.every(([time]) => /\.\d{7}Z$/.test(time ?? ""))).toBe(true);
  });
});
