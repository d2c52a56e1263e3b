import { NOW } from "./tables.mjs";

const DAY = 864_000_000_000n;
const HOUR = 36_000_000_000n;
const ago = (days) => NOW - BigInt(days) * DAY;
/** Letters and digits of every script belong to a term. */
const term = (word) => `(?is)(^|[^\\p{L}\\p{N}])${word}($|[^\\p{L}\\p{N}])`;
const octet = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const address = `(${octet}[.]){3}${octet}`;

/**
 * Rules as they are published, shortened, and what one would write in SQL for the same meaning, over these tables: their
 * texts are never null, numbers and times may be.
 */
export const pairs = [
  {
    name: "a name, letter case aside, and a term",
    kql: `DeviceProcessEvents
      | where Timestamp > ago(14d)
      | where FileName =~ "powershell.exe" and ProcessCommandLine has "enc"
      | project Timestamp, DeviceName, AccountName, ProcessCommandLine`,
    sql: `select Timestamp, DeviceName, AccountName, ProcessCommandLine from DeviceProcessEvents
      where Timestamp > ${ago(14)} and lower(FileName) = 'powershell.exe' and regexp_matches(ProcessCommandLine, '${term("enc")}')`,
  },
  {
    name: "any of several terms, counted",
    kql: `DeviceProcessEvents
      | where ProcessCommandLine has_any ("whoami", "nltest", "systeminfo", "curl")
      | summarize Runs = count(), First = min(Timestamp), Last = max(Timestamp) by DeviceName, AccountName
      | where Runs > 1`,
    sql: `select DeviceName, AccountName, count(*) as runs, min(Timestamp), max(Timestamp) from DeviceProcessEvents
      where regexp_matches(ProcessCommandLine, '${term("(whoami|nltest|systeminfo|curl)")}')
      group by all having runs > 1`,
  },
  {
    name: "a time series of counts",
    kql: `DeviceProcessEvents | summarize Events = count() by bin(Timestamp, 1h), ActionType`,
    sql: `select Timestamp - Timestamp % ${HOUR} as hour, ActionType, count(*) from DeviceProcessEvents group by all`,
  },
  {
    name: "one of several names, letter case aside",
    kql: `DeviceProcessEvents
      | where InitiatingProcessFileName in~ ("WINWORD.EXE", "excel.exe", "outlook.exe")
      | where FileName in~ ("cmd.exe", "powershell.exe", "rundll32.exe")
      | summarize Count = count() by DeviceName, FileName`,
    sql: `select DeviceName, FileName, count(*) from DeviceProcessEvents
      where lower(InitiatingProcessFileName) in ('winword.exe', 'excel.exe', 'outlook.exe')
        and lower(FileName) in ('cmd.exe', 'powershell.exe', 'rundll32.exe')
      group by all`,
  },
  {
    name: "the latest row of each device",
    kql: `DeviceProcessEvents
      | where Timestamp > ago(7d)
      | summarize arg_max(Timestamp, FileName, AccountName) by DeviceId`,
    // All of one row, which an arg_max for each column does not promise.
    sql: `select DeviceId, latest.seen, latest.file, latest.who from (
        select DeviceId, arg_max({'seen': Timestamp, 'file': FileName, 'who': AccountName}, Timestamp) as latest
        from DeviceProcessEvents where Timestamp > ${ago(7)} group by all)`,
  },
  {
    name: "sets and least and greatest",
    kql: `DeviceNetworkEvents
      | where ActionType == "ConnectionSuccess"
      | summarize Ports = array_sort_asc(make_set(RemotePort)), First = min(Timestamp) by DeviceName`,
    sql: `select DeviceName, cast(to_json(list_sort(list(distinct RemotePort) filter (RemotePort is not null))) as varchar),
        min(Timestamp)
      from DeviceNetworkEvents where ActionType = 'ConnectionSuccess' group by all`,
  },
  {
    name: "processes joined to their connections",
    kql: `DeviceProcessEvents
      | where Timestamp > ago(3d) and ProcessCommandLine has "curl.exe"
      | join kind=inner (DeviceNetworkEvents | where Timestamp > ago(3d) and RemotePort == 8080) on DeviceId
      | where Timestamp1 between (Timestamp .. 1h)
      | project DeviceName, ProcessCommandLine, RemoteIP, Timestamp, Timestamp1`,
    sql: `select p.DeviceName, p.ProcessCommandLine, n.RemoteIP, p.Timestamp, n.Timestamp as other
      from DeviceProcessEvents p join DeviceNetworkEvents n using (DeviceId)
      where p.Timestamp > ${ago(3)} and n.Timestamp > ${ago(3)} and n.RemotePort = 8080
        and regexp_matches(p.ProcessCommandLine, '${term("curl[.]exe")}')
        and n.Timestamp between p.Timestamp and p.Timestamp + ${HOUR}`,
  },
  {
    name: "what was not there before",
    kql: `let known = DeviceNetworkEvents | where Timestamp < ago(1d) | distinct InitiatingProcessSHA256, RemotePort;
      DeviceNetworkEvents
      | where Timestamp >= ago(1d)
      | join kind=leftanti known on InitiatingProcessSHA256, RemotePort
      | summarize Count = count() by InitiatingProcessSHA256`,
    sql: `select InitiatingProcessSHA256, count(*) from DeviceNetworkEvents d
      where Timestamp >= ${ago(1)} and not exists (
        select 1 from DeviceNetworkEvents k where k.Timestamp < ${ago(1)}
          and k.InitiatingProcessSHA256 = d.InitiatingProcessSHA256 and k.RemotePort is not distinct from d.RemotePort)
      group by all`,
  },
  {
    name: "failed sign-ins, then one that works",
    kql: `SigninLogs
      | where TimeGenerated > ago(14d)
      | summarize Failed = countif(ResultType in ("50126", "50053")), Worked = countif(ResultType == "0") by UserPrincipalName
      | where Failed > 5 and Worked > 0`,
    sql: `select UserPrincipalName, count(*) filter (ResultType in ('50126', '50053')) as failed,
        count(*) filter (ResultType = '0') as worked
      from SigninLogs where TimeGenerated > ${ago(14)} group by all having failed > 5 and worked > 0`,
  },
  {
    name: "properties of a dynamic column",
    kql: `SigninLogs
      | extend Country = tostring(LocationDetails.countryOrRegion), System = tostring(DeviceDetail.operatingSystem)
      | where Country != "DE"
      | summarize Count = count() by Country, System`,
    sql: `select coalesce(LocationDetails ->> '$.countryOrRegion', '') as country,
        coalesce(DeviceDetail ->> '$.operatingSystem', '') as system, count(*)
      from SigninLogs where country <> 'DE' group by all`,
  },
  {
    name: "a number deep in a dynamic column",
    kql: `SigninLogs
      | extend Latitude = toint(LocationDetails.geoCoordinates.latitude)
      | where Latitude > 60
      | summarize Count = count() by Latitude`,
    // Fractions are cut, where a cast alone would round.
    sql: `select try_cast(trunc(try_cast(LocationDetails ->> '$.geoCoordinates.latitude' as double)) as integer) as latitude,
        count(*)
      from SigninLogs where latitude > 60 group by all`,
  },
  {
    name: "elements of an array, one a row",
    kql: `AuditLogs
      | where OperationName == "Add member to role" and Result == "success"
      | mv-expand TargetResources
      | where tostring(TargetResources.type) == "Role"
      | summarize Count = count() by Role = tostring(TargetResources.displayName), By = tostring(InitiatedBy.user.userPrincipalName)`,
    sql: `select coalesce(target ->> '$.displayName', '') as role,
        coalesce(InitiatedBy ->> '$.user.userPrincipalName', '') as who, count(*)
      from (select InitiatedBy, unnest(cast(cast(TargetResources as json) as json[])) as target from AuditLogs
        where OperationName = 'Add member to role' and Result = 'success')
      where target ->> '$.type' = 'Role' group by all`,
  },
  {
    name: "parts of a text by a regular expression",
    kql: `DeviceProcessEvents
      | where ProcessCommandLine contains "http"
      | extend Host = extract(@"https?://([^/:]+)", 1, ProcessCommandLine)
      | summarize Count = count() by Host`,
    sql: `select regexp_extract(ProcessCommandLine, 'https?://([^/:]+)', 1) as host, count(*) from DeviceProcessEvents
      where contains(lower(ProcessCommandLine), 'http') group by all`,
  },
  {
    name: "public addresses",
    kql: `DeviceNetworkEvents
      | where not(ipv4_is_private(RemoteIP))
      | summarize Count = count() by RemoteIP
      | sort by Count desc, RemoteIP asc
      | take 50`,
    // What is no address is neither private nor not.
    sql: `select RemoteIP, count(*) as n from DeviceNetworkEvents
      where regexp_full_match(RemoteIP, '${address}')
        and not regexp_matches(RemoteIP, '^(10|192[.]168|172[.](1[6-9]|2[0-9]|3[01]))[.]')
      group by all order by n desc, RemoteIP limit 50`,
  },
  {
    name: "the commonest values",
    kql: `DeviceNetworkEvents | summarize Count = count() by RemoteUrl | sort by Count desc, RemoteUrl asc | take 20`,
    sql: `select RemoteUrl, count(*) as n from DeviceNetworkEvents group by all order by n desc, RemoteUrl limit 20`,
  },
  {
    name: "two tables as one",
    kql: `union (DeviceProcessEvents | project Timestamp, DeviceName), (DeviceNetworkEvents | project Timestamp, DeviceName)
      | where Timestamp > ago(7d)
      | summarize Count = count() by DeviceName`,
    sql: `select DeviceName, count(*) from (
        select Timestamp, DeviceName from DeviceProcessEvents union all select Timestamp, DeviceName from DeviceNetworkEvents)
      where Timestamp > ${ago(7)} group by all`,
  },
  {
    name: "a regular expression over command lines",
    kql: `DeviceProcessEvents
      | where ProcessCommandLine matches regex @"(?i)rundll32\\.exe\\s+C:\\\\Users\\\\Public\\\\\\d+\\.dll"
      | summarize Count = count() by DeviceName`,
    sql: `select DeviceName, count(*) from DeviceProcessEvents
      where regexp_matches(ProcessCommandLine, '(?i)rundll32\\.exe[\\s\\x85\\p{Z}]+C:\\\\Users\\\\Public\\\\\\p{Nd}+\\.dll') group by all`,
  },
  {
    name: "the last part of a path, in small letters",
    kql: `DeviceProcessEvents
      | extend Name = tolower(tostring(split(FolderPath, "\\\\")[-1]))
      | summarize Longest = max(strlen(ProcessCommandLine)) by Name`,
    sql: `select lower(string_split(FolderPath, '\\')[-1]) as name, max(length(ProcessCommandLine))
      from DeviceProcessEvents group by all`,
  },
  {
    name: "beginnings and ends",
    kql: `DeviceProcessEvents
      | where FolderPath startswith @"c:\\windows\\dir1" and FileName endswith ".EXE"
      | where not(AccountName startswith "user1")
      | summarize Count = count() by AccountName`,
    sql: `select AccountName, count(*) from DeviceProcessEvents
      where starts_with(lower(FolderPath), 'c:\\windows\\dir1') and ends_with(lower(FileName), '.exe')
        and not starts_with(lower(AccountName), 'user1')
      group by all`,
  },
  {
    name: "sign-ins from two countries within an hour",
    kql: `SigninLogs
      | where TimeGenerated > ago(5d) and ResultType == "0"
      | project TimeGenerated, User = UserPrincipalName, Country = tostring(LocationDetails.countryOrRegion)
      | sort by User asc, TimeGenerated asc
      | extend Before = prev(Country), Last = prev(TimeGenerated), Same = prev(User) == User
      | where Same and Before != Country and TimeGenerated - Last < 1h
      | summarize Count = count() by User`,
    sql: `select who, count(*) from (
        select who, country, seen, lag(country) over w as before, lag(seen) over w as last, lag(who) over w as other
        from (select UserPrincipalName as who, coalesce(LocationDetails ->> '$.countryOrRegion', '') as country,
            TimeGenerated as seen from SigninLogs where TimeGenerated > ${ago(5)} and ResultType = '0')
        window w as (order by who, seen))
      where other = who and before <> country and seen - last < ${HOUR} group by all`,
  },
];
