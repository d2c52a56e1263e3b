import { initiating, sysmonInitiator, sysmonProcess } from "../processes.ts";
import { type Branch, bag, data, device, type EventTable, fileName, hash, number, security, sysmon } from "../table.ts";

function event(action: string, branch: Branch): Branch {
  return { ...branch, columns: { ...device, ActionType: `'${action}'`, ...branch.columns } };
}

function bySysmon(id: number, action: string, columns: Readonly<Record<string, string>>): Branch {
  return event(action, { where: sysmon(id), process: sysmonProcess, columns: { ...sysmonInitiator, ...columns } });
}

/** Sysmon 8 and 10 call the process that acts the source, and spell its GUID in two ways. */
const sourceGuid = `coalesce(${data("SourceProcessGUID")}, ${data("SourceProcessGuid")})`;
const source = initiating({
  guid: sourceGuid,
  image: data("SourceImage"),
  id: data("SourceProcessId"),
  user: data("SourceUser"),
});
const target = {
  FileName: fileName(data("TargetImage")),
  FolderPath: data("TargetImage"),
  ProcessId: number(data("TargetProcessId")),
};

/** `\name` of a pipe in full. */
const pipe = `case when starts_with(${data("PipeName")}, '\\') then '\\Device\\NamedPipe' || ${data("PipeName")} else ${data("PipeName")} end`;
const number64 = (text: string): string => `try_cast(${text} as BIGINT)`;

const subject = {
  InitiatingProcessAccountDomain: `lower(${data("SubjectDomainName")})`,
  InitiatingProcessAccountName: `lower(${data("SubjectUserName")})`,
  InitiatingProcessAccountSid: data("SubjectUserSid"),
  InitiatingProcessLogonId: number(data("SubjectLogonId")),
};

/** The system log tells of services as well: for the security log's sake, only where that doesn't. */
const services = `e.kind = 'other' and e.event = 7045 and e.channel = 'System' and e.host not in (select host from audited)`;

const subjectAccount = {
  AccountDomain: subject.InitiatingProcessAccountDomain,
  AccountName: subject.InitiatingProcessAccountName,
  AccountSid: subject.InitiatingProcessAccountSid,
};

const script = { where: "true", from: "scripts" } as const;

/** All that has no table of its own. */
export const deviceEvents: EventTable = {
  table: "DeviceEvents",
  branches: [
    bySysmon(6, "DriverLoad", {
      FileName: fileName(data("ImageLoaded")),
      FolderPath: data("ImageLoaded"),
      SHA1: hash("SHA1"),
      SHA256: hash("SHA256"),
      MD5: hash("MD5"),
    }),
    bySysmon(22, "DnsQueryResponse", {
      AdditionalFields: bag({
        DnsQueryString: data("QueryName"),
        DnsQueryResult: data("QueryResults"),
        DnsQueryStatus: data("QueryStatus"),
      }),
    }),
    ...[17, 18].map((id) =>
      bySysmon(id, "NamedPipeEvent", {
        AdditionalFields: bag({
          PipeName: pipe,
          FileOperation: id === 17 ? "'File created'" : "'File opened'",
          NamedPipeEnd: id === 17 ? "'Server'" : "'Client'",
        }),
      }),
    ),
    event("CreateRemoteThreadApiCall", {
      where: sysmon(8),
      process: sourceGuid,
      columns: {
        ...target,
        ...source,
        AdditionalFields: bag({
          StartAddress: data("StartAddress"),
          StartModule: data("StartModule"),
          StartFunction: data("StartFunction"),
        }),
      },
    }),
    event("OpenProcessApiCall", {
      where: `${sysmon(10)} and ${data("TargetImage")} ilike '%\\lsass.exe'`,
      process: sourceGuid,
      columns: { ...target, ...source, AdditionalFields: bag({ DesiredAccess: number64(data("GrantedAccess")) }) },
    }),
    event("ServiceInstalled", {
      where: security(4697),
      columns: {
        ...subject,
        FolderPath: data("ServiceFileName"),
        AdditionalFields: bag({
          ServiceName: data("ServiceName"),
          ServiceType: number64(data("ServiceType")),
          ServiceStartType: number64(data("ServiceStartType")),
          ServiceAccount: data("ServiceAccount"),
        }),
      },
    }),
    event("ServiceInstalled", {
      where: services,
      columns: {
        FolderPath: data("ImagePath"),
        AdditionalFields: bag({
          ServiceName: data("ServiceName"),
          ServiceType: data("ServiceType"),
          ServiceStartType: data("StartType"),
          ServiceAccount: data("AccountName"),
        }),
      },
    }),
    event("ScheduledTaskCreated", {
      where: security(4698),
      columns: {
        ...subjectAccount,
        AdditionalFields: bag({ TaskName: data("TaskName"), TaskContent: data("TaskContent") }),
      },
    }),
    event("SecurityLogCleared", {
      where: "e.event = 1102 and (e.kind = 'security' or e.provider = 'Microsoft-Windows-Eventlog')",
      columns: subject,
    }),
    event("PowerShellCommand", { ...script, columns: { AdditionalFields: bag({ Command: "e.script" }) } }),
    event("ScriptContent", { ...script, columns: { AdditionalFields: bag({ ScriptContent: "e.script" }) } }),
  ],
};

/** SQL of script blocks, each put together from its pieces, with the first of its events. */
export function scriptsSql(events: string): string {
  const block = `coalesce(${data("ScriptBlockId")}, cast(e._line as VARCHAR))`;
  const pieces = `select e._line, e.time, e.host, ${block} as block, try_cast(${data("MessageNumber")} as INTEGER) as number, e.data['ScriptBlockText'] as piece from ${events} e where e.kind = 'other' and e.event = 4104 and e.channel ilike '%PowerShell%'`;
  return `select min(_line) as _line, min_by(time, _line) as time, host, string_agg(piece, '' order by number, _line) as script from (${pieces}) group by host, block`;
}
