import { basename, join } from "node:path";
import { sharedFolder } from "@goshawk/testkit";
import { afterAll, describe, expect, test } from "vitest";
import { tidy, workshop } from "../temporary.ts";

const data = sharedFolder("data");
if (data === undefined) console.log("store: counts of the reference data skipped, the shared folder is absent");

type Counts = Readonly<Record<string, readonly (readonly [table: string, rows: number])[]>>;

/** What the README of the reference data says about each of its files. */
const counts: Readonly<Record<string, Counts>> = {
  mapped: {
    "AWSCloudTrail.jsonl.gz": [["AWSCloudTrail", 103]],
    "DeviceEvents.jsonl.gz": [["DeviceEvents", 1025]],
    "DeviceFileCertificateInfo.jsonl.gz": [["DeviceFileCertificateInfo", 3120]],
    "DeviceFileEvents.jsonl.gz": [["DeviceFileEvents", 2094]],
    "DeviceImageLoadEvents.jsonl.gz": [["DeviceImageLoadEvents", 12288]],
    "DeviceLogonEvents.jsonl.gz": [["DeviceLogonEvents", 170]],
    "DeviceNetworkEvents.jsonl.gz": [["DeviceNetworkEvents", 752]],
    "DeviceProcessEvents.jsonl.gz": [["DeviceProcessEvents", 274]],
    "DeviceProcessEvents.mde_real.jsonl.gz": [["DeviceProcessEvents", 1564]],
    "DeviceRegistryEvents.jsonl.gz": [["DeviceRegistryEvents", 26316]],
    "Event.jsonl.gz": [["Event", 5434]],
    "SecurityEvent.jsonl.gz": [["SecurityEvent", 2245]],
    "WindowsEvent.jsonl.gz": [["WindowsEvent", 5434]],
    "summary.json": [["summary_CL", 1]],
  },
  "sentinel-json": {
    "SecurityEvent.jsonl": [["SecurityEvent", 39]],
    "Syslog_auoms_auditd.jsonl": [["Syslog", 50]],
    "Syslog_linux_sysmon.jsonl": [["Syslog", 93]],
    "VMConnection.jsonl": [["VMConnection", 5]],
    "WindowsEvent.jsonl": [["WindowsEvent", 487]],
  },
  "sentinel-csv": {
    "AuditLogs_Hunting.csv": [["AuditLogs", 5]],
    "azureActivity_adele.csv": [["AzureActivity", 23]],
    "disable_accounts.csv": [["SigninLogs", 4]],
    "office_activity.csv": [["OfficeActivity", 266]],
    "office_activity_inbox_rule.csv": [["OfficeActivity", 2]],
    "sign-in_adelete.csv": [["SigninLogs", 56]],
    "signinLogs.csv": [["signinLogs_CL", 1]],
    "solarigate-beacon-umbrella.csv": [["solarigate_beacon_umbrella_CL", 1]],
    "solarigate_CEFevent.csv": [["CommonSecurityLog", 1]],
  },
  msticpy: {
    "alertlist.csv": [["SecurityAlert", 189]],
    "az_mon_raw_query.json": [["SecurityAlert", 3]],
    "az_net_flows.csv": [["az_net_flows_CL", 460]],
    "demo_exchange_data.csv": [["OfficeActivity", 1334]],
    "host_logons.csv": [["SecurityEvent", 14]],
    "kusto_raw_resp.json": [["kusto_raw_resp_CL", 10]],
    "linux_events.csv": [["linux_events_CL", 100]],
    "mde_proc_cs1.csv": [["mde_proc_cs1_CL", 1564]],
    "processes_on_host.csv": [["SecurityEvent", 363]],
    "syslog_data.csv": [["Syslog", 100]],
  },
};

afterAll(tidy);

describe.skipIf(data === undefined)("every row of the reference data is stored, in its own table", () => {
  test.each(Object.entries(counts))("%s", async (folder, files) => {
    const { store, ingest } = await workshop();
    const { stored, failed } = await ingest(join(data ?? "", folder));
    expect(failed).toEqual([]);
    const found = stored.map((receipt) => [
      basename(receipt.path),
      receipt.tables.map((table) => [table.table, table.rows]),
    ]);
    expect(Object.fromEntries(found)).toEqual(files);
    expect(stored.map((receipt) => [basename(receipt.path), receipt.rejected, receipt.unconverted])).toEqual(
      stored.map((receipt) => [basename(receipt.path), 0, []]),
    );
    const { tables } = await store.snapshot();
    const expected = Object.values(files).flat();
    for (const table of tables) {
      const sum = expected.filter(([name]) => name === table.name).reduce((total, [, rows]) => total + rows, 0);
      expect([table.name, table.rows]).toEqual([table.name, sum]);
    }
  });

  test("a capture of CloudTrail is rows of AWSCloudTrail", async () => {
    const { ingest } = await workshop();
    const { stored } = await ingest(join(data ?? "", "otrf", "ec2_proxy_s3_exfiltration.zip"));
    expect(stored[0]?.tables.map(({ table, rows }) => [table, rows])).toEqual([["AWSCloudTrail", 103]]);
  });
});
