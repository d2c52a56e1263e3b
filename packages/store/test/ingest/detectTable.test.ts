import { expect, test } from "vitest";
import { catalogueTable } from "../../src/catalogue/catalogue.ts";
import { detectTable } from "../../src/ingest/detectTable.ts";

const columnsOf = (table: string): readonly string[] =>
  catalogueTable(table)?.columns.map((column) => column.name) ?? [];
const detect = (fields: readonly string[], more: Partial<Parameters<typeof detectTable>[0]> = {}): string =>
  detectTable({ named: undefined, fileName: "export.csv", fields, actions: [], ...more }).table;

test.each([
  "DeviceProcessEvents",
  "DeviceFileEvents",
  "DeviceImageLoadEvents",
  "DeviceNetworkEvents",
  "DeviceFileCertificateInfo",
  "SecurityEvent",
  "SigninLogs",
  "OfficeActivity",
  "AWSCloudTrail",
  "CommonSecurityLog",
])("full rows of %s are known by their columns alone", (table) => {
  expect(detect(columnsOf(table))).toBe(table);
});

test("a projection that fits many tables is none of them", () => {
  expect(detect(["Timestamp", "DeviceName", "ProcessId"])).toBe("export_CL");
  expect(detect(["Timestamp", "DeviceId", "DeviceName", "FileName", "SHA1", "FolderPath"])).toBe("export_CL");
});

test("what the rows do tells image loads from files", () => {
  const fields = ["Timestamp", "DeviceId", "DeviceName", "ActionType", "FileName", "SHA1", "FolderPath"];
  expect(detect(fields, { actions: ["ImageLoaded"] })).toBe("DeviceImageLoadEvents");
  expect(detect(fields, { actions: ["FileCreated", "FileRenamed"] })).toBe("DeviceFileEvents");
  expect(detect(fields, { actions: ["FileCreated", "ImageLoaded"] })).toBe("export_CL");
});

test("a file's name counts as a whole word, and only when the columns agree", () => {
  const fields = ["Timestamp", "DeviceName", "FileName", "ProcessCommandLine"];
  expect(detect(fields, { fileName: "2026-03 DeviceProcessEvents (1).csv" })).toBe("DeviceProcessEvents");
  expect(detect(fields, { fileName: "insights-logs-advancedhunting-deviceprocessevents.json" })).toBe(
    "DeviceProcessEvents",
  );
  expect(detect(fields, { fileName: "processcreationevents.csv" })).toBe("DeviceProcessEvents");
  expect(detect(["a", "b", "c", "d"], { fileName: "SecurityEvent.csv" })).toBe("SecurityEvent_CL");
  expect(detect(["TimeGenerated", "Computer", "Type", "Other"], { fileName: "my_events.csv" })).toBe("my_events_CL");
});

test("a result made from a table is no row of that table", () => {
  expect(detect(["Type", "StartTime", "EndTime", "attempts", "targets"], { named: "SigninLogs" })).toBe("export_CL");
});

test("names of unknown tables become custom tables that a query can say without quotes", () => {
  expect(detect([], { named: "My Table-2" })).toBe("My_Table_2_CL");
  expect(detect(["x"], { fileName: "2026-01.jsonl" })).toBe("_2026_01_CL");
  expect(detect(["x"], { fileName: "Custom_CL.csv" })).toBe("Custom_CL");
  expect(detect(["x"], { fileName: "../../etc/passwd" })).toMatch(/^\w+_CL$/);
});
