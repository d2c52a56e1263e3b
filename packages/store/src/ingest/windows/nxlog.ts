import { quoteText } from "@goshawk/kql";
import { type EventTexts, mapOf, normalSql } from "./events.ts";

/** Keys that hold what `System` says; what is no such key is the event's own data. */
const systemKeys = [
  "@timestamp",
  "Channel",
  "EventID",
  "Hostname",
  "Keywords",
  "Level",
  "Message",
  "Opcode",
  "OpcodeValue",
  "ProviderGuid",
  "SourceName",
  "Task",
  "TimeCreated",
  "Version",
  "ExecutionProcessID",
  "ThreadID",
  "RecordNumber",
  "ActivityID",
];

/** What NXLog and the shippers behind it add. */
const shipperKeys = [
  "@version",
  "AccountName",
  "AccountType",
  "Category",
  "Domain",
  "EventReceivedTime",
  "EventTime",
  "EventTypeOrignal",
  "Severity",
  "SeverityValue",
  "SourceModuleName",
  "SourceModuleType",
  "UserID",
  "host",
  "port",
  "tags",
  "type",
];

const field = (name: string): string => `m[${quoteText(name)}]`;
/** A module of NXLog wrote the event down. */
const shipped = `${field("SourceModuleType")} is not null`;
/** Sysmon's `EventType` is its own: NXLog then keeps its word for the level under another name. */
const ownWords = "('INFO', 'ERROR', 'WARNING', 'CRITICAL', 'VERBOSE', 'DEBUG', 'AUDIT_SUCCESS', 'AUDIT_FAILURE')";
const severities = `case ${field("SeverityValue")} when '1' then '5' when '2' then '4' when '3' then '3' when '4' then '2' when '5' then '1' end`;

const texts: EventTexts = {
  time: `coalesce(${field("TimeCreated")}, ${field("@timestamp")}, ${field("EventTime")})`,
  computer: field("Hostname"),
  channel: field("Channel"),
  provider: field("SourceName"),
  id: field("EventID"),
  version: field("Version"),
  level: `coalesce(${field("Level")}, case when ${field("Channel")} ilike 'security' then '0' else ${severities} end)`,
  task: field("Task"),
  opcode: `coalesce(${field("OpcodeValue")}, ${field("Opcode")})`,
  keywords: field("Keywords"),
  record: field("RecordNumber"),
  pid: `case when ${shipped} then coalesce(${field("ExecutionProcessID")}, ${field("ProcessID")}) end`,
  tid: field("ThreadID"),
  sid: `case when ${shipped} then ${field("UserID")} end`,
  login: `case when ${shipped} then ${field("Domain")} || '\\' || ${field("AccountName")} end`,
  correlation: field("ActivityID"),
  message: field("Message"),
  section: "'EventData'",
};

/** Events as flat objects, as NXLog writes them: the event's data stand beside the fields of its envelope. */
export function nxlogEvents(records: string): string {
  const map = `select line, from_json(json, '"MAP(VARCHAR, VARCHAR)"') as m from ${records}`;
  const list = (keys: readonly string[]): string => `[${keys.map(quoteText).join(", ")}]`;
  const ownProcessId = `(${field("ExecutionProcessID")} is not null and e.key = 'ProcessID')`;
  const own = [
    `not list_contains(${list(systemKeys)}, e.key)`,
    `not (s and (list_contains(${list(shipperKeys)}, e.key) or (e.key = 'EventType' and e.value in ${ownWords}) or (e.key = 'ProcessID' and not ${ownProcessId})))`,
  ].join(" and ");
  const from = `(select line, m, list_filter(map_entries(m), lambda e: ${own}) as own from (select *, ${shipped} as s from (${map})))`;
  return normalSql(texts, mapOf("own"), from);
}
