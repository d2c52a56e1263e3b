import { quoteText } from "@goshawk/kql";
import { type EventTexts, normalSql } from "./events.ts";

const map = "MAP(VARCHAR, VARCHAR)";
const text = "VARCHAR";
const user = { identifier: text, domain: text, name: text };

/** Winlogbeat 7 and later. */
const nested = {
  "@timestamp": text,
  message: text,
  log: { level: text },
  winlog: {
    channel: text,
    computer_name: text,
    event_id: text,
    provider_name: text,
    version: text,
    task: text,
    opcode: text,
    keywords: text,
    record_id: text,
    process: { pid: text, thread: { id: text } },
    user,
    activity_id: text,
    event_data: map,
    user_data: map,
  },
};

/** Winlogbeat 6 and before. */
const flat = {
  "@timestamp": text,
  message: text,
  log_name: text,
  computer_name: text,
  event_id: text,
  source_name: text,
  version: text,
  level: text,
  task: text,
  opcode: text,
  keywords: text,
  record_number: text,
  process_id: text,
  thread_id: text,
  user,
  activity_id: text,
  event_data: map,
  user_data: map,
};

/** Winlogbeat says a level as a word; audits have none, and their word is the shipper's. */
function level(word: string, channel: string): string {
  return `case when ${channel} ilike 'security' then '0' else case lower(${word}) when 'critical' then '1' when 'error' then '2' when 'warning' then '3' when 'information' then '4' when 'verbose' then '5' end end`;
}

const keywords = (list: string): string =>
  `case when ${list} like '%Audit Success%' then '0x8020000000000000' when ${list} like '%Audit Failure%' then '0x8010000000000000' else ${list} end`;

const nestedTexts: EventTexts = {
  time: `e."@timestamp"`,
  computer: "e.winlog.computer_name",
  channel: "e.winlog.channel",
  provider: "e.winlog.provider_name",
  id: "e.winlog.event_id",
  version: "e.winlog.version",
  level: level("e.log.level", "e.winlog.channel"),
  task: "e.winlog.task",
  opcode: "e.winlog.opcode",
  keywords: keywords("e.winlog.keywords"),
  record: "e.winlog.record_id",
  pid: "e.winlog.process.pid",
  tid: "e.winlog.process.thread.id",
  sid: `e.winlog."user".identifier`,
  login: `e.winlog."user".domain || '\\' || e.winlog."user".name`,
  correlation: "e.winlog.activity_id",
  message: "e.message",
  section: "case when e.winlog.event_data is not null then 'EventData' else e.winlog.user_data['xml_name'] end",
};

const flatTexts: EventTexts = {
  time: `e."@timestamp"`,
  computer: "e.computer_name",
  channel: "e.log_name",
  provider: "e.source_name",
  id: "e.event_id",
  version: "e.version",
  level: level("e.level", "e.log_name"),
  task: "e.task",
  opcode: "e.opcode",
  keywords: keywords("e.keywords"),
  record: "e.record_number",
  pid: "e.process_id",
  tid: "e.thread_id",
  sid: `e."user".identifier`,
  login: `e."user".domain || '\\' || e."user".name`,
  correlation: "e.activity_id",
  message: "e.message",
  section: "case when e.event_data is not null then 'EventData' else e.user_data['xml_name'] end",
};

/** Events that winlogbeat shipped; the time is that of the event, not of its arrival. */
export function winlogbeatEvents(records: string, layout: "flat" | "nested"): string {
  const shape = layout === "flat" ? flat : nested;
  const parsed = `(select line, json, from_json(json, ${quoteText(JSON.stringify(shape))}) as e from ${records})`;
  const prefix = layout === "flat" ? "e" : "e.winlog";
  return normalSql(
    layout === "flat" ? flatTexts : nestedTexts,
    `coalesce(${prefix}.event_data, ${prefix}.user_data, case when ${layout === "flat" ? "e.event_id" : "e.winlog.event_id"} is null then from_json(json, '"MAP(VARCHAR, VARCHAR)"') end)`,
    parsed,
  );
}
