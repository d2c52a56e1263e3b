import { addressKind } from "../addresses.ts";
import { data, device, type EventTable, fileName, number, security } from "../table.ts";

const types: readonly (readonly [number, string])[] = [
  [2, "Interactive"],
  [3, "Network"],
  [4, "Batch"],
  [5, "Service"],
  [7, "Unlock"],
  [8, "NetworkCleartext"],
  [9, "NewCredentials"],
  [10, "RemoteInteractive"],
  [11, "CachedInteractive"],
];
const logonType = `case ${data("LogonType")} ${types.map(([id, name]) => `when '${id}' then '${name}'`).join(" ")} else ${data("LogonType")} end`;

const reasons: readonly (readonly [code: string, reason: string])[] = [
  ["0xc000006a", "InvalidUserNameOrPassword"],
  ["0xc0000064", "InvalidUserNameOrPassword"],
  ["0xc000006d", "InvalidUserNameOrPassword"],
  ["0xc0000234", "AccountLockedOut"],
  ["0xc0000072", "AccountDisabled"],
  ["0xc0000071", "PasswordExpired"],
];
const code = `coalesce(nullif(lower(${data("SubStatus")}), '0x0'), lower(${data("Status")}))`;
const failure = `case ${code} ${reasons.map(([status, reason]) => `when '${status}' then '${reason}'`).join(" ")} else ${code} end`;

/** Logons and failures to log on: Security 4624 and 4625. */
export const logonEvents: EventTable = {
  table: "DeviceLogonEvents",
  branches: [
    {
      where: security(4624, 4625),
      columns: {
        ...device,
        ActionType: "case when e.event = 4624 then 'LogonSuccess' else 'LogonFailed' end",
        LogonType: logonType,
        AccountDomain: `lower(${data("TargetDomainName")})`,
        AccountName: `lower(${data("TargetUserName")})`,
        AccountSid: data("TargetUserSid"),
        Protocol: data("AuthenticationPackageName"),
        FailureReason: `case when e.event = 4625 then ${failure} end`,
        LogonId: number(data("TargetLogonId")),
        RemoteDeviceName: `lower(${data("WorkstationName")})`,
        RemoteIP: data("IpAddress"),
        RemoteIPType: addressKind(data("IpAddress")),
        RemotePort: data("IpPort"),
        IsLocalAdmin: `case ${data("ElevatedToken")} when '%%1842' then 'true' when '%%1843' then 'false' end`,
        InitiatingProcessFileName: `lower(${fileName(data("ProcessName"))})`,
        InitiatingProcessFolderPath: `lower(${data("ProcessName")})`,
        InitiatingProcessId: number(data("ProcessId")),
        InitiatingProcessAccountDomain: `lower(${data("SubjectDomainName")})`,
        InitiatingProcessAccountName: `lower(${data("SubjectUserName")})`,
        InitiatingProcessAccountSid: data("SubjectUserSid"),
      },
    },
  ],
};
