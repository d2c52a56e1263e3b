import { quoteText } from "@goshawk/kql";
import { catalogueTable } from "../../../catalogue/catalogue.ts";
import { eventDataXml } from "../eventXml.ts";
import { type EventTable, fileName, raw } from "../table.ts";
import { levelName, whole } from "./levels.ts";
import { securityTitles } from "./securityTitles.ts";

/** Events whose `Account` is the one they are about, not the one that acted. */
const aboutTarget = [
  4624, 4625, 4634, 4648, 4720, 4722, 4723, 4724, 4725, 4726, 4728, 4729, 4732, 4733, 4738, 4740, 4756, 4767, 4768,
  4769, 4771, 4776, 4781,
];

const logonTypes: readonly (readonly [number, string])[] = [
  [0, "System"],
  [2, "Interactive"],
  [3, "Network"],
  [4, "Batch"],
  [5, "Service"],
  [7, "Unlock"],
  [8, "NetworkCleartext"],
  [9, "NewCredentials"],
  [10, "RemoteInteractive"],
  [11, "CachedInteractive"],
  [12, "CachedRemoteInteractive"],
  [13, "CachedUnlock"],
];

const titles = `case e.event ${Object.entries(securityTitles)
  .map(([id, title]) => `when ${id} then ${quoteText(title)}`)
  .join(" ")} end`;
const firstLine = `nullif(trim(regexp_extract(e.message, '^[^\\r\\n]*')), '')`;

/** `DOMAIN\user`, also where both are `-`. */
function accountOf(kind: "Subject" | "Target"): string {
  return `coalesce(${raw(`${kind}DomainName`)} || '\\', '') || ${raw(`${kind}UserName`)}`;
}

const target = `coalesce(${accountOf("Target")}, ${raw("TargetSid")})`;
const subject = accountOf("Subject");
const about = `case when e.event in (${aboutTarget.join(", ")}) or coalesce(${subject}, '-\\-') = '-\\-' then coalesce(${target}, ${subject}) else ${subject} end`;

const computed: Readonly<Record<string, string>> = {
  TimeGenerated: "e.time",
  Computer: "e.computer",
  EventID: "e.id",
  Channel: "e.channel",
  EventSourceName: "e.provider",
  Level: "e.level",
  EventLevelName: levelName,
  Task: whole("e.task"),
  Opcode: "e.opcode",
  Keywords: "e.keywords",
  Version: whole("e.version"),
  EventRecordId: "e.record",
  SystemProcessId: whole("e.pid"),
  SystemThreadId: whole("e.tid"),
  SystemUserId: "e.sid",
  Correlation: "e.correlation",
  Activity: `e.id || ' - ' || coalesce(${firstLine}, ${titles})`,
  SubjectAccount: accountOf("Subject"),
  TargetAccount: accountOf("Target"),
  Account: about,
  AccountType: `case when ${about} is null then null when ${about} like '%$' or upper(${about}) like 'NT AUTHORITY\\%' then 'Machine' else 'User' end`,
  LogonTypeName: `case ${raw("LogonType")} ${logonTypes.map(([id, name]) => `when '${id}' then '${id} - ${name}'`).join(" ")} end`,
  Process: fileName(`coalesce(${raw("NewProcessName")}, ${raw("ProcessName")})`),
  SourceSystem: "'OpsManager'",
  Type: "'SecurityEvent'",
};

/** The security log; each of its data whose name is a column stands there, and all as XML where some has none. */
export function securityEvent(names: readonly string[]): EventTable {
  const columns = new Set(catalogueTable("SecurityEvent")?.columns.map((column) => column.name));
  const own = names.filter((name) => columns.has(name) && !(name in computed));
  const known = `[${own.map(quoteText).join(", ")}]::VARCHAR[]`;
  const homeless = `len(list_filter(map_keys(e.data), lambda k: not list_contains(${known}, k))) > 0`;
  return {
    table: "SecurityEvent",
    branches: [
      {
        where: "e.kind = 'security'",
        columns: {
          ...computed,
          ...Object.fromEntries(own.map((name) => [name, raw(name)])),
          EventData: `case when ${homeless} then ${eventDataXml} end`,
        },
      },
    ],
  };
}
