import { initiating } from "../processes.ts";
import {
  account,
  bag,
  data,
  device,
  type EventTable,
  fileName,
  hash,
  number,
  security,
  sysmon,
  uniqueId,
} from "../table.ts";

const integrity = `case ${data("MandatoryLabel")} when 'S-1-16-0' then 'Untrusted' when 'S-1-16-4096' then 'Low' when 'S-1-16-8192' then 'Medium' when 'S-1-16-8448' then 'Medium' when 'S-1-16-12288' then 'High' when 'S-1-16-16384' then 'System' end`;
const elevation = `case ${data("TokenElevationType")} when '%%1936' then 'TokenElevationTypeDefault' when '%%1937' then 'TokenElevationTypeFull' when '%%1938' then 'TokenElevationTypeLimited' end`;
const target = (name: string): string =>
  `coalesce(case when ${data("TargetUserName")} is not null then ${data(`Target${name}`)} end, ${data(`Subject${name}`)})`;

/** Starts of processes: Sysmon 1, and Security 4688 of hosts that have no Sysmon. */
export const processEvents: EventTable = {
  table: "DeviceProcessEvents",
  branches: [
    {
      where: sysmon(1),
      process: data("ParentProcessGuid"),
      columns: {
        ...device,
        ActionType: "'ProcessCreated'",
        FileName: fileName(data("Image")),
        FolderPath: data("Image"),
        SHA1: hash("SHA1"),
        SHA256: hash("SHA256"),
        MD5: hash("MD5"),
        ProcessId: data("ProcessId"),
        ProcessCommandLine: data("CommandLine"),
        ProcessIntegrityLevel: data("IntegrityLevel"),
        ProcessCreationTime: "e.time",
        ProcessUniqueId: uniqueId(data("ProcessGuid")),
        AccountDomain: account(data("User")).domain,
        AccountName: account(data("User")).name,
        LogonId: number(data("LogonId")),
        CreatedProcessSessionId: data("TerminalSessionId"),
        ProcessVersionInfoCompanyName: data("Company"),
        ProcessVersionInfoProductName: data("Product"),
        ProcessVersionInfoProductVersion: data("FileVersion"),
        ProcessVersionInfoOriginalFileName: data("OriginalFileName"),
        ProcessVersionInfoFileDescription: data("Description"),
        ...initiating({
          guid: data("ParentProcessGuid"),
          image: data("ParentImage"),
          id: data("ParentProcessId"),
          user: data("ParentUser"),
          command: data("ParentCommandLine"),
        }),
        AdditionalFields: bag({
          CurrentDirectory: data("CurrentDirectory"),
          IMPHASH: hash("IMPHASH"),
        }),
      },
    },
    {
      where: `${security(4688)} and e.host not in (select host from processes)`,
      columns: {
        ...device,
        ActionType: "'ProcessCreated'",
        FileName: fileName(data("NewProcessName")),
        FolderPath: data("NewProcessName"),
        ProcessId: number(data("NewProcessId")),
        ProcessCommandLine: data("CommandLine"),
        ProcessIntegrityLevel: integrity,
        ProcessTokenElevation: elevation,
        ProcessCreationTime: "e.time",
        AccountDomain: `lower(${target("DomainName")})`,
        AccountName: `lower(${target("UserName")})`,
        AccountSid: `coalesce(nullif(${data("TargetUserSid")}, 'S-1-0-0'), ${data("SubjectUserSid")})`,
        LogonId: number(`coalesce(nullif(${data("TargetLogonId")}, '0x0'), ${data("SubjectLogonId")})`),
        InitiatingProcessFileName: `lower(${fileName(data("ParentProcessName"))})`,
        InitiatingProcessFolderPath: `lower(${data("ParentProcessName")})`,
        InitiatingProcessId: number(data("ProcessId")),
        InitiatingProcessAccountDomain: `lower(${data("SubjectDomainName")})`,
        InitiatingProcessAccountName: `lower(${data("SubjectUserName")})`,
        InitiatingProcessAccountSid: data("SubjectUserSid"),
        InitiatingProcessLogonId: number(data("SubjectLogonId")),
      },
    },
  ],
};
