import { join } from "node:path";
import { sharedFolder } from "@goshawk/testkit";
import { afterAll, describe, expect, test } from "vitest";
import { tidy, type Workshop, workshop } from "../temporary.ts";

const samples = sharedFolder("data/format-samples");
if (samples === undefined) console.log("store: values of the format samples skipped, the shared folder is absent");

afterAll(tidy);

async function taken(name: string): Promise<Workshop & { readonly format: string }> {
  const shop = await workshop();
  const { stored, failed } = await shop.ingest(join(samples ?? "", name));
  expect(failed).toEqual([]);
  expect(stored.map(({ rejected, unconverted, problems }) => ({ rejected, unconverted, problems }))).toEqual([
    { rejected: 0, unconverted: [], problems: [] },
  ]);
  return { ...shop, format: stored[0]?.format ?? "" };
}

const scalars = [
  [
    "true",
    "7",
    "9007199254740993",
    "1.5",
    "12345678901234567.89",
    "x",
    "2024-05-06T07:08:09.1234567Z",
    "1.02:03:04.0000005",
    "74be27de-1e4e-49d9-b579-fe0b331d3642",
    '{"a":[1,2],"b":null}',
  ],
  [null, null, null, null, null, "", null, null, null, null],
  [
    "false",
    "-1",
    "-9223372036854775808",
    "NaN",
    "-0.1",
    "é",
    "0001-01-01T00:00:00.0000000Z",
    "-00:00:01",
    "00000000-0000-0000-0000-000000000000",
    "[1]",
  ],
  ["false", "0", "0", "Infinity", "0", "", "9999-12-31T23:59:59.9999999Z", "00:00:00", null, '"str"'],
];

describe.skipIf(samples === undefined)("values of the format samples are stored exactly", () => {
  test.each([
    ["kusto-v1.json", "Kusto v1", "kusto_v1_CL"],
    ["kusto-v2.json", "Kusto v2", "kusto_v2_CL"],
    ["kusto-v2-fragmented-newlines.json", "Kusto v2", "kusto_v2_fragmented_newlines_CL"],
    ["kusto-v2-progressive.json", "Kusto v2", "kusto_v2_progressive_CL"],
  ])("%s: every scalar type at its edges, in the order of the file", async (name, format, table) => {
    const { query, format: found } = await taken(name);
    const answer = await query(`${table} | order by _line asc | project b, i, l, r, dec, s, dt, ts, g, d`);
    expect(found).toBe(format);
    expect(answer.columns.map((column) => column.type)).toEqual([
      "bool",
      "int",
      "long",
      "real",
      "decimal",
      "string",
      "datetime",
      "timespan",
      "guid",
      "dynamic",
    ]);
    expect(answer.rows).toEqual(scalars);
  });

  test("Defender portal CSV: times without a fraction, Invalid date, bools as 0 and 1, JSON text with commas, long ids", async () => {
    const { rows, format } = await taken("defender-portal-export.DeviceProcessEvents.csv");
    expect(format).toBe("Defender portal CSV");
    expect(
      await rows(
        "DeviceProcessEvents | order by Timestamp asc | project Timestamp, TimeGenerated, FileName, ProcessId, ProcessCommandLine, ProcessCreationTime, InitiatingProcessParentCreationTime, ReportId, AdditionalFields, IsProcessRemoteSession, tostring(ProcessUniqueId), LogonId",
      ),
    ).toEqual([
      [
        "2026-03-04T09:05:07.0000000Z",
        "2026-03-04T09:05:07.0000000Z",
        "rtool.exe",
        "4312",
        '"C:\\ProgramData\\rt\\rtool.exe" --service, --quiet',
        "2026-03-04T09:05:07.0000000Z",
        null,
        "318",
        '{"Note":"json text, comma inside"}',
        "false",
        "2533274790400001",
        "999",
      ],
      [
        "2026-03-04T12:05:09.0000000Z",
        "2026-03-04T12:05:09.0000000Z",
        "cmd.exe",
        "4400",
        "cmd.exe /c whoami",
        "2026-03-04T12:05:09.0000000Z",
        "2026-03-04T08:00:01.0000000Z",
        "319",
        null,
        "true",
        "2533274790400002",
        "220411",
      ],
    ]);
  });

  test.each(["defender-streaming-storage.jsonl", "defender-streaming-eventhub.json"])(
    "%s: the event's own time, ids beyond 2^53, tables told apart row by row",
    async (name) => {
      const { rows, store } = await taken(name);
      expect((await store.snapshot()).tables.map((table) => table.name).sort()).toEqual([
        "DeviceFileCertificateInfo",
        "DeviceNetworkEvents",
      ]);
      expect(
        await rows(
          "DeviceNetworkEvents | project Timestamp, RemoteIP, RemotePort, RemoteUrl, tostring(AdditionalFields.k), tostring(InitiatingProcessUniqueId), MachineGroup",
        ),
      ).toEqual([["2026-03-04T09:05:08.1234567Z", "203.0.113.7", "443", "", "json text", "13510798882111570", "lab"]]);
      expect(
        await rows(
          "DeviceFileCertificateInfo | project IsSigned, IsRootSignerMicrosoft, Signer, CertificateCreationTime",
        ),
      ).toEqual([["true", "false", "Example Remote Tools Ltd", "2025-01-01T00:00:00.0000000Z"]]);
    },
  );

  test("Graph and Defender API answers: columns that fit many tables make a table of their own", async () => {
    const graph = await taken("graph-runHuntingQuery.json");
    expect(await graph.rows("graph_runHuntingQuery_CL | project Timestamp, DeviceName, ProcessId")).toEqual([
      ["2026-03-04T09:05:07.1234567Z", "lab-ws01.example.test", "4312"],
    ]);
    const api = await taken("defender-advancedhunting-api.json");
    const answer = await api.query("defender_advancedhunting_api_CL | project Timestamp, ProcessId");
    expect(answer.columns.map((column) => column.type)).toEqual(["datetime", "long"]);
    expect(answer.rows).toEqual([["2026-03-04T09:05:07.1234567Z", "4312"]]);
  });

  test("Log Analytics API: given types, JSON text as dynamic, NaN, timespans, nulls", async () => {
    const { query } = await taken("log-analytics-api.json");
    const answer = await query(
      "log_analytics_api_CL | order by _line asc | project TimeGenerated, Computer, EventID, EventData, Ok, Dur, Score",
    );
    expect(answer.columns.map((column) => column.type)).toEqual([
      "datetime",
      "string",
      "int",
      "dynamic",
      "bool",
      "timespan",
      "real",
    ]);
    expect(answer.rows).toEqual([
      [
        "2026-03-04T09:05:07.1234567Z",
        "lab-ws01.example.test",
        "1",
        '{"Image":"C:\\\\rt\\\\rtool.exe"}',
        "true",
        "00:00:01.5000000",
        "0.5",
      ],
      [null, "", null, null, null, null, "NaN"],
    ]);
  });

  test("Log Analytics CSV: [UTC] headers, noon, milliseconds", async () => {
    const { rows } = await taken("log-analytics-portal-export.SecurityEvent.csv");
    expect(
      await rows(
        "SecurityEvent | order by TimeGenerated asc | project TimeGenerated, Account, EventID, LogonType, IpAddress",
      ),
    ).toEqual([
      ["2026-03-04T09:05:07.1230000Z", "EXAMPLE\\user1", "4624", "3", "10.0.0.5"],
      ["2026-03-04T12:00:00.0000000Z", "EXAMPLE\\user2", "4624", "10", "-"],
    ]);
  });

  test("union export: the table of each row, JSON over several lines", async () => {
    const { rows } = await taken("log-analytics-union-export.csv");
    expect(
      await rows(
        "AzureActivity | project TimeGenerated, OperationName, tostring(Properties_d.statusCode), tostring(parse_json(Properties).statusCode)",
      ),
    ).toEqual([["2025-12-31T23:59:59.9990000Z", "Delete web app", "OK", "OK"]]);
  });

  test("Log Analytics data export: one JSON line", async () => {
    const { rows } = await taken("log-analytics-data-export.SecurityEvent.jsonl");
    expect(await rows("SecurityEvent | project TimeGenerated, Computer, EventID, Account, Type")).toEqual([
      ["2026-03-04T09:05:07.1234567Z", "lab-ws01.example.test", "4624", "EXAMPLE\\user1", "SecurityEvent"],
    ]);
  });

  test("Azure diagnostic settings: camel case keys in the spelling of the table", async () => {
    const { rows } = await taken("azure-diagnostic-settings.SigninLogs.jsonl");
    expect(
      await rows(
        "SigninLogs | project TimeGenerated, CreatedDateTime, ResultType, IPAddress, UserPrincipalName, Status, Id, Location, Identity",
      ),
    ).toEqual([
      [
        "2026-03-04T09:05:07.1234567Z",
        "2026-03-04T09:05:07.1234567Z",
        "50126",
        "203.0.113.9",
        "user1@example.test",
        '{"errorCode":50126}',
        "33333333-3333-3333-3333-333333333333",
        "NL",
        "User One",
      ],
    ]);
  });
});
