import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { sharedFolder } from "@goshawk/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tidy, type Workshop, workshop } from "../../temporary.ts";

const captures = sharedFolder("data/otrf");
if (captures === undefined) console.log("store: Windows captures skipped, the shared folder is absent");

afterAll(tidy);

/** Events of each capture, as the README of the captures counts them. */
const events: Readonly<Record<string, number>> = {
  "aptsimulator_cobaltstrike.zip": 2611,
  "proxylogon_ssrf_rce_poc.zip": 10_487,
  "covenant_psremoting_grunt.zip": 4305,
  "empire_psexec_dcerpc_tcp_svcctl.zip": 4348,
  "covenant_wmi_remote_event_subscription_ActiveScriptEventConsumers.zip": 3719,
  "schtask_create.zip": 1041,
  "purplesharp_ad_playbook_I.zip": 25_993,
  "cmd_psexec_lsa_secrets_dump.zip": 286,
  "cmd_bitsadmin_download_psh_script.zip": 424,
  "psh_mshta_html_application_execution.zip": 1553,
  "empire_launcher_sct_regsvr32.zip": 2390,
  "cmd_service_mod_fax.zip": 437,
  "metasploit_procdump_lsass_memory_dump.zip": 42_482,
};

describe.skipIf(captures === undefined)("captures of Windows events", () => {
  let shop: Workshop;
  const found = new Map<string, number>();

  beforeAll(async () => {
    shop = await workshop();
    const names = (await readdir(captures ?? "")).filter((name) => name in events);
    const { stored, failed } = await shop.ingest(names.map((name) => join(captures ?? "", name)));
    expect(failed).toEqual([]);
    expect(stored.flatMap((receipt) => [receipt.rejected, ...receipt.unconverted])).toEqual(stored.map(() => 0));
    for (const receipt of stored) {
      const rows = receipt.tables.filter((table) => ["SecurityEvent", "Event"].includes(table.table));
      found.set(
        receipt.path.split("/").at(-1) ?? "",
        rows.reduce((sum, table) => sum + table.rows, 0),
      );
    }
  }, 900_000);

  test("every event is a row of SecurityEvent or of Event", () => {
    expect(Object.fromEntries(found)).toEqual(events);
  });

  // Facts that the README states about these rows.
  test.each([
    ["DeviceProcessEvents | where FileName == 'conhost.exe' | count", 49],
    ["DeviceProcessEvents | where FileName == 'cmd.exe' | count", 28],
    ["DeviceProcessEvents | where isnotempty(SHA1) | count", 274],
    [
      "DeviceNetworkEvents | where isnotempty(InitiatingProcessUniqueId) | summarize countif(ActionType == 'ConnectionSuccess')",
      497,
    ],
    ["DeviceNetworkEvents | where isnotempty(InitiatingProcessUniqueId) and RemoteIPType == 'Public' | count", 20],
    ["DeviceImageLoadEvents | count", 12_288],
    ["DeviceFileEvents | count", 2094],
    ["DeviceRegistryEvents | where ActionType == 'RegistryValueSet' | count", 3250],
    ["DeviceLogonEvents | count", 170],
    ["DeviceLogonEvents | where ActionType == 'LogonFailed' | count", 7],
    ["DeviceFileCertificateInfo | count", 3120],
    ["DeviceFileCertificateInfo | where IsSigned and IsTrusted | count", 2955],
    ["DeviceFileCertificateInfo | where Signer == 'Wireshark Foundation, Inc.' | count", 19],
    ["DeviceEvents | where ActionType == 'OpenProcessApiCall' | count", 349],
    ["DeviceEvents | where ActionType == 'ServiceInstalled' | count", 3],
  ])("%s", async (kql, expected) => {
    expect(await shop.rows(kql)).toEqual([[String(expected)]]);
  });

  test("every process whose hash is known finds the signature of its file", async () => {
    const kql =
      "DeviceProcessEvents | where isnotempty(SHA1) | distinct SHA1 | join kind=leftanti DeviceFileCertificateInfo on SHA1 | count";
    expect(await shop.rows(kql)).toEqual([["0"]]);
  });

  test("an event finds the process that made it happen, whose start stands elsewhere in the file", async () => {
    const kql =
      "DeviceEvents | where ActionType == 'NamedPipeEvent' and AdditionalFields.PipeName has 'MSSE-1337-server' | project InitiatingProcessFolderPath, InitiatingProcessCommandLine, InitiatingProcessCreationTime, InitiatingProcessSHA1, InitiatingProcessParentFileName | take 1";
    expect(await shop.rows(kql)).toEqual([
      [
        "c:\\tmp\\createnamedpipe.exe",
        '"C:\\TMP\\CreateNamedPipe.exe"  MSSE-1337-server',
        "2021-06-11T09:07:18.9170000Z",
        "571670869cfa7ae69103a2a7ef34bb8f5b607bf6",
        "cmd.exe",
      ],
    ]);
  });

  test("winlogbeat's 2668 events are rows, although their gzip lacks an end", async () => {
    const { ingest, rows } = await workshop();
    const { stored } = await ingest(join(captures ?? "", "empire_enable_rdp.tar.gz"));
    expect(stored[0]?.notes[0]).toMatch(/^the gzip is cut off/);
    expect(await rows("union SecurityEvent, Event | count")).toEqual([["2668"]]);
    expect(await rows("Event | where EventID == 3 | distinct EventLevelName")).toEqual([["Information"]]);
  });
});
