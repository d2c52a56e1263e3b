import { afterAll, describe, expect, test } from "vitest";
import { tidy, workshop } from "../../temporary.ts";

afterAll(tidy);

/** The shapes are those of the tools' documentation and of `evtx_dump`'s own recorded answers. */
const dumped = {
  Event: {
    "#attributes": { xmlns: "http://schemas.microsoft.com/win/2004/08/events/event" },
    System: {
      Provider: {
        "#attributes": { Name: "Microsoft-Windows-Security-Auditing", Guid: "54849625-5478-4994-A5BA-3E3B0328C30D" },
      },
      EventID: 4624,
      Version: 1,
      Level: 0,
      Task: 12_544,
      Opcode: 0,
      Keywords: "0x8020000000000000",
      TimeCreated: { "#attributes": { SystemTime: "2016-07-08T18:12:51.6816408Z" } },
      EventRecordID: 2,
      Correlation: null,
      Execution: { "#attributes": { ProcessID: 456, ThreadID: 460 } },
      Channel: "Security",
      Computer: "37L4247F27-25",
      Security: null,
    },
    EventData: {
      TargetUserName: "Örjan",
      TargetDomainName: "NT AUTHORITY",
      TargetLogonId: "0x3e7",
      LogonType: 3,
      IpAddress: "203.0.113.7",
      KeyLength: 0,
    },
  },
};

const separate = {
  Event: {
    EventData: { Data: { "#text": ["86400", "Suppress <b>", "Software\\Microsoft"] } },
    System: {
      Channel: "Application",
      Computer: "37L4247D28-05",
      EventID: 4625,
      EventID_attributes: { Qualifiers: 16_384 },
      EventRecordID: 1,
      Level: 4,
      Provider_attributes: { Name: "Microsoft-Windows-EventSystem" },
      TimeCreated_attributes: { SystemTime: "2010-11-10T18:18:51Z" },
    },
  },
};

const cleared = {
  Event: {
    System: {
      Channel: "Security",
      Computer: "host",
      EventID: { "#attributes": { Qualifiers: 0 }, "#text": 1102 },
      Provider: { "#attributes": { Name: "Microsoft-Windows-Eventlog" } },
      TimeCreated: { "#attributes": { SystemTime: "2020-10-19T03:30:41.104Z" } },
    },
    UserData: { LogFileCleared: { "#attributes": { xmlns: "x" }, SubjectUserName: "wardog", SubjectDomainName: "W5" } },
  },
};

const winlogbeat = {
  "@timestamp": "2024-05-06T07:08:09.123Z",
  message: "Process Create:\nRuleName: -",
  log: { level: "information" },
  event: { code: "1" },
  winlog: {
    channel: "Microsoft-Windows-Sysmon/Operational",
    computer_name: "WS01.example.test",
    event_id: "1",
    provider_name: "Microsoft-Windows-Sysmon",
    record_id: 9_007_199_254_740_993n,
    task: "Process Create (rule: ProcessCreate)",
    keywords: ["x"],
    process: { pid: 3140, thread: { id: 4712 } },
    user: { identifier: "S-1-5-18", domain: "NT AUTHORITY", name: "SYSTEM" },
    event_data: {
      ProcessGuid: "{a158f72c-5898-5de8-0000-0010a6ba6d00}",
      ProcessId: "1332",
      Image: "C:\\Windows\\System32\\cmd.exe",
      CommandLine: "cmd.exe /c whoami",
      User: "EXAMPLE\\User1",
      LogonId: "0x3719fb",
      Hashes: "SHA1=565505D129A019780E351E615A29722AEF479380,IMPHASH=8C3BE1286CDAD6AC1136D0BB6C83FF41",
    },
  },
};

const json = (value: unknown): string =>
  JSON.stringify(value, (_, item) => (typeof item === "bigint" ? `@${item}@` : item)).replace(/"@(\d+)@"/g, "$1");

describe("Windows events in the JSON of several tools", () => {
  test("evtx_dump: attributes in an element or beside it, values without names, UserData", async () => {
    const { take, rows } = await workshop();
    const receipt = await take("dump.jsonl", [dumped, separate, cleared].map((item) => `${json(item)}\n`).join(""));
    expect(receipt.format).toBe("Windows events (evtx_dump)");
    expect(receipt.unconverted).toEqual([]);
    expect(
      await rows(
        "SecurityEvent | order by EventID desc | project TimeGenerated, EventID, Activity, TargetUserName, LogonType, LogonTypeName, TargetLogonId, Account, AccountType, SystemProcessId",
      ),
    ).toEqual([
      [
        "2016-07-08T18:12:51.6816408Z",
        "4624",
        "4624 - An account was successfully logged on.",
        "Örjan",
        "3",
        "3 - Network",
        "0x3e7",
        "NT AUTHORITY\\Örjan",
        "Machine",
        "456",
      ],
      [
        "2020-10-19T03:30:41.1040000Z",
        "1102",
        "1102 - The audit log was cleared.",
        "",
        null,
        "",
        "",
        "W5\\wardog",
        "User",
        null,
      ],
    ]);
    expect(await rows("DeviceLogonEvents | project AccountName, LogonType, RemoteIP, LogonId")).toEqual([
      ["örjan", "Network", "203.0.113.7", "999"],
    ]);
    expect(await rows("WindowsEvent | project EventID, EventLevelName, EventData")).toEqual([
      ["4625", "Information", '{"param1":"86400","param2":"Suppress <b>","param3":"Software\\\\Microsoft"}'],
    ]);
    expect(await rows("Event | project EventData, tostring(parse_xml(EventData).DataItem.EventData.Data[1])")).toEqual([
      [
        '<DataItem type="System.XmlData" time="2010-11-10T18:18:51Z"><EventData xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><Data>86400</Data><Data>Suppress &lt;b&gt;</Data><Data>Software\\Microsoft</Data></EventData></DataItem>',
        "Suppress <b>",
      ],
    ]);
  });

  test("winlogbeat 7: a process start in both views, hexadecimal ids as numbers where the column is one", async () => {
    const { take, rows } = await workshop();
    const receipt = await take("beat.ndjson", `${json(winlogbeat)}\n`);
    expect(receipt.format).toBe("Windows events (winlogbeat)");
    expect(receipt.unconverted).toEqual([]);
    expect(
      await rows(
        "DeviceProcessEvents | project DeviceName, FileName, FolderPath, ProcessId, AccountDomain, AccountName, LogonId, SHA1, AdditionalFields",
      ),
    ).toEqual([
      [
        "ws01.example.test",
        "cmd.exe",
        "C:\\Windows\\System32\\cmd.exe",
        "1332",
        "example",
        "user1",
        "3611131",
        "565505d129a019780e351e615a29722aef479380",
        '{"IMPHASH":"8c3be1286cdad6ac1136d0bb6c83ff41"}',
      ],
    ]);
    expect(
      await rows(
        "WindowsEvent | project EventRecordId, SystemProcessId, SystemThreadId, EventLevel, EventData.LogonId",
      ),
    ).toEqual([["9007199254740993", "3140", "4712", "4", '"0x3719fb"']]);
    expect(await rows("Event | project UserName, RenderedDescription")).toEqual([
      ["NT AUTHORITY\\SYSTEM", "Process Create:\nRuleName: -"],
    ]);
  });

  test("a key that comes twice, a line without a channel and a line that is no object lose nothing", async () => {
    const { take, rows } = await workshop();
    const receipt = await take(
      "odd.jsonl",
      [
        '{"Channel":"System","EventID":7,"Hostname":"H","TimeCreated":"2024-01-01T00:00:00.1234567Z","A":"1","A":"2"}',
        '{"EventID":"seven","Other":"kept"}',
        "[1]",
        "",
      ].join("\n"),
    );
    expect([receipt.rejected, receipt.unconverted.map((item) => [item.column, item.example])]).toEqual([
      1,
      [
        ["EventID", "seven"],
        ["EventID", "seven"],
      ],
    ]);
    expect(await rows("WindowsEvent | order by TimeGenerated desc | project TimeGenerated, EventData")).toEqual([
      ["2024-01-01T00:00:00.1234567Z", '{"A":"1","A_2":"2"}'],
      [null, '{"Other":"kept"}'],
    ]);
  });

  test("with a table of one's own the events stand there as they are", async () => {
    const { take, rows } = await workshop();
    await take("mine.jsonl", '{"Channel":"System","EventID":7,"Hostname":"H","A":"1"}\n', { table: "Mine_CL" });
    expect(await rows("Mine_CL | project Channel, EventID, A")).toEqual([["System", "7", "1"]]);
  });
});
