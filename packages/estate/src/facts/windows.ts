/** Who a program runs as. */
export type AccountKind = "system" | "localService" | "networkService" | "user" | "admin";

/** What starts a program. */
export type ParentKind = "services" | "svchost" | "explorer" | "shell";

export interface ProgramFact {
  readonly file: string;
  readonly folder: string;
  readonly description: string;
  readonly product?: string;
  readonly signer?: "Microsoft Windows" | "Microsoft Corporation" | "Microsoft Windows Publisher";
  readonly account: AccountKind;
  readonly parent: ParentKind;
  /** Command lines; `{n}`, `{hex}` and `{guid}` differ from run to run. */
  readonly commands: readonly string[];
  /** Whether it talks to the network. */
  readonly hosts?: readonly string[];
}

const system32 = "C:\\Windows\\System32";
const office = "C:\\Program Files\\Microsoft Office\\root\\Office16";
const edge = "C:\\Program Files (x86)\\Microsoft\\Edge\\Application";

/** Programs of Windows and of Microsoft; the first ones run everywhere from the start. */
export const windowsPrograms: readonly ProgramFact[] = [
  {
    file: "conhost.exe",
    folder: system32,
    description: "Console Window Host",
    account: "user",
    parent: "shell",
    commands: ["conhost.exe 0xffffffff -ForceV1", "\\??\\C:\\Windows\\system32\\conhost.exe 0x4"],
  },
  {
    file: "cmd.exe",
    folder: system32,
    description: "Windows Command Processor",
    account: "user",
    parent: "explorer",
    commands: [
      '"C:\\Windows\\system32\\cmd.exe"',
      'cmd.exe /c "net use s: \\\\fs01\\share{n} /persistent:no"',
      "cmd /c ver",
      'cmd.exe /d /s /c "node build-{hex}.js"',
    ],
  },
  {
    file: "backgroundTaskHost.exe",
    folder: system32,
    description: "Background Task Host",
    account: "user",
    parent: "svchost",
    commands: [
      '"BackgroundTaskHost.exe" -ServerName:BackgroundTaskHost.WebAccountProvider',
      '"backgroundTaskHost.exe" -ServerName:App.AppX{hex}.mca',
    ],
  },
  {
    file: "RuntimeBroker.exe",
    folder: system32,
    description: "Runtime Broker",
    account: "user",
    parent: "svchost",
    commands: ["RuntimeBroker.exe -Embedding"],
  },
  {
    file: "taskhostw.exe",
    folder: system32,
    description: "Host Process for Windows Tasks",
    account: "user",
    parent: "svchost",
    commands: ["taskhostw.exe", "taskhostw.exe {guid}", "taskhostw.exe SYSTEM"],
  },
  {
    file: "WmiPrvSE.exe",
    folder: "C:\\Windows\\System32\\wbem",
    description: "WMI Provider Host",
    account: "networkService",
    parent: "svchost",
    commands: ["wmiprvse.exe -secured -Embedding", "wmiprvse.exe -Embedding"],
  },
  {
    file: "dllhost.exe",
    folder: system32,
    description: "COM Surrogate",
    account: "user",
    parent: "svchost",
    commands: ["DllHost.exe /Processid:{{guid}}"],
  },
  {
    file: "msedge.exe",
    folder: edge,
    description: "Microsoft Edge",
    product: "Microsoft Edge",
    signer: "Microsoft Corporation",
    account: "user",
    parent: "explorer",
    commands: [
      '"msedge.exe" --profile-directory=Default',
      '"msedge.exe" --type=renderer --lang=en-US --device-scale-factor=1 --renderer-client-id={n} --field-trial-handle={n},i,{n},131072 /prefetch:1',
      '"msedge.exe" --single-argument https://intranet.example.test/wiki/page-{n}',
      '"msedge.exe" --type=utility --utility-sub-type=network.mojom.NetworkService --mojo-platform-channel-handle={n} /prefetch:8',
    ],
    hosts: [
      "edge.microsoft.com",
      "intranet.example.test",
      "news.example.com",
      "www.bing.com",
      "mail.example.com",
      "search.example.org",
      "video.example.net",
    ],
  },
  {
    file: "SearchProtocolHost.exe",
    folder: system32,
    description: "Microsoft Windows Search Protocol Host",
    product: "Windows® Search",
    account: "system",
    parent: "svchost",
    commands: [
      '"C:\\Windows\\system32\\SearchProtocolHost.exe" Global\\UsGthrFltPipeMssGthrPipe{n}_ Global\\UsGthrCtrlFltPipeMssGthrPipe{n} 1',
    ],
  },
  {
    file: "powershell.exe",
    folder: "C:\\Windows\\System32\\WindowsPowerShell\\v1.0",
    description: "Windows PowerShell",
    account: "user",
    parent: "explorer",
    commands: [
      '"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"',
      "powershell.exe -NoProfile -ExecutionPolicy RemoteSigned -File C:\\Scripts\\inventory-{n}.ps1",
      "powershell.exe -NoLogo -NonInteractive -Command Get-Service",
    ],
    hosts: ["www.powershellgallery.com"],
  },
  {
    file: "OneDrive.exe",
    folder: "C:\\Program Files\\Microsoft OneDrive",
    description: "Microsoft OneDrive",
    product: "Microsoft OneDrive",
    signer: "Microsoft Corporation",
    account: "user",
    parent: "explorer",
    commands: ['"C:\\Program Files\\Microsoft OneDrive\\OneDrive.exe" /background'],
    hosts: ["skyapi.onedrive.live.com", "example-my.sharepoint.com"],
  },
  {
    file: "OUTLOOK.EXE",
    folder: office,
    description: "Microsoft Outlook",
    product: "Microsoft Office",
    signer: "Microsoft Corporation",
    account: "user",
    parent: "explorer",
    commands: [
      '"OUTLOOK.EXE"',
      '"C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE" /c ipm.note /a "C:\\Users\\Public\\Documents\\report-{n}.xlsx"',
    ],
    hosts: ["outlook.office365.com", "autodiscover.example.com"],
  },
  {
    file: "EXCEL.EXE",
    folder: office,
    description: "Microsoft Excel",
    product: "Microsoft Office",
    signer: "Microsoft Corporation",
    account: "user",
    parent: "explorer",
    commands: ['"EXCEL.EXE" "C:\\Users\\Public\\Documents\\budget-{n}.xlsx"', '"EXCEL.EXE" /dde'],
    hosts: ["officeclient.microsoft.com"],
  },
  {
    file: "WINWORD.EXE",
    folder: office,
    description: "Microsoft Word",
    product: "Microsoft Office",
    signer: "Microsoft Corporation",
    account: "user",
    parent: "explorer",
    commands: ['"WINWORD.EXE" /n "C:\\Users\\Public\\Documents\\letter-{n}.docx" /o ""'],
    hosts: ["officeclient.microsoft.com"],
  },
  {
    file: "ms-teams.exe",
    folder: "C:\\Program Files\\WindowsApps\\MSTeams_24215.1007.3082.1590_x64__8wekyb3d8bbwe",
    description: "Microsoft Teams",
    product: "Microsoft Teams",
    signer: "Microsoft Corporation",
    account: "user",
    parent: "explorer",
    commands: ['"ms-teams.exe" msteams:system-initiated'],
    hosts: ["teams.microsoft.com", "presence.teams.microsoft.com"],
  },
  {
    file: "MpCmdRun.exe",
    folder: "C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.26070.6-0",
    description: "Microsoft Malware Protection Command Line Utility",
    signer: "Microsoft Windows Publisher",
    account: "networkService",
    parent: "svchost",
    commands: [
      '"MpCmdRun.exe" SignatureUpdate -ScheduleJob -RestrictPrivileges',
      '"MpCmdRun.exe" Scan -ScheduleJob -ScanTrigger 55',
    ],
  },
  {
    file: "TrustedInstaller.exe",
    folder: "C:\\Windows\\servicing",
    description: "Windows Modules Installer",
    account: "system",
    parent: "services",
    commands: ["C:\\Windows\\servicing\\TrustedInstaller.exe"],
  },
  {
    file: "spoolsv.exe",
    folder: system32,
    description: "Spooler SubSystem App",
    account: "system",
    parent: "services",
    commands: ["C:\\Windows\\System32\\spoolsv.exe"],
    hosts: ["print01.corp.example.test"],
  },
  {
    file: "SearchIndexer.exe",
    folder: system32,
    description: "Microsoft Windows Search Indexer",
    product: "Windows® Search",
    account: "system",
    parent: "services",
    commands: ["C:\\Windows\\system32\\SearchIndexer.exe /Embedding"],
  },
  {
    file: "wevtutil.exe",
    folder: system32,
    description: "Eventing Command Line Utility",
    account: "system",
    parent: "shell",
    commands: ["wevtutil qe System /c:{n} /f:xml"],
  },
  {
    file: "ipconfig.exe",
    folder: system32,
    description: "IP Configuration Utility",
    account: "user",
    parent: "shell",
    commands: ["ipconfig /all", "ipconfig /flushdns"],
  },
  {
    file: "PING.EXE",
    folder: system32,
    description: "TCP/IP Ping Command",
    account: "user",
    parent: "shell",
    commands: ["ping -n 2 srv-{n}.corp.example.test"],
  },
  {
    file: "net.exe",
    folder: system32,
    description: "Net Command",
    account: "user",
    parent: "shell",
    commands: ["net use", "net view \\\\fs01", "net time /domain"],
  },
  {
    file: "schtasks.exe",
    folder: system32,
    description: "Task Scheduler Configuration Tool",
    account: "system",
    parent: "shell",
    commands: ["schtasks /query /fo csv /v", 'schtasks /run /tn "\\Inventory\\Daily-{n}"'],
  },
  {
    file: "rundll32.exe",
    folder: system32,
    description: "Windows host process (Rundll32)",
    account: "user",
    parent: "explorer",
    commands: [
      "rundll32.exe shell32.dll,Control_RunDLL",
      "rundll32.exe C:\\Windows\\system32\\PcaSvc.dll,PcaPatchSdbTask",
    ],
  },
  {
    file: "notepad.exe",
    folder: system32,
    description: "Notepad",
    account: "user",
    parent: "explorer",
    commands: ['"notepad.exe" C:\\Users\\Public\\Documents\\notes-{n}.txt'],
  },
  {
    file: "mmc.exe",
    folder: system32,
    description: "Microsoft Management Console",
    account: "admin",
    parent: "explorer",
    commands: ['"mmc.exe" "C:\\Windows\\system32\\services.msc"', '"mmc.exe" eventvwr.msc'],
  },
  {
    file: "gpupdate.exe",
    folder: system32,
    description: "Microsoft Group Policy Update Utility",
    account: "system",
    parent: "svchost",
    commands: ["gpupdate.exe /target:computer"],
  },
  {
    file: "smartscreen.exe",
    folder: system32,
    description: "Windows Defender SmartScreen",
    account: "user",
    parent: "svchost",
    commands: ["C:\\Windows\\System32\\smartscreen.exe -Embedding"],
    hosts: ["checkappexec.microsoft.com"],
  },
  {
    file: "ctfmon.exe",
    folder: system32,
    description: "CTF Loader",
    account: "user",
    parent: "svchost",
    commands: ['"ctfmon.exe"'],
  },
  {
    file: "audiodg.exe",
    folder: system32,
    description: "Windows Audio Device Graph Isolation",
    account: "localService",
    parent: "svchost",
    commands: ["C:\\Windows\\system32\\AUDIODG.EXE 0x{hex} 0x{hex}"],
  },
  {
    file: "mstsc.exe",
    folder: system32,
    description: "Remote Desktop Connection",
    account: "admin",
    parent: "explorer",
    commands: ['"mstsc.exe" /v:srv-{n}.corp.example.test'],
    hosts: ["srv-0042.corp.example.test"],
  },
];

/** How many of `windowsPrograms` run on every device from the beginning of the span. */
export const starters = 8;

export interface ResidentFact {
  readonly file: string;
  readonly folder: string;
  readonly description: string;
  readonly account: AccountKind;
  readonly command: string;
  readonly parent: string;
}

export type ResidentName = "services" | "svchost" | "schedule" | "windowsUpdate" | "termService" | "lsass" | "explorer";

const serviceHost = {
  file: "svchost.exe",
  folder: system32,
  description: "Host Process for Windows Services",
  account: "system",
  parent: "services.exe",
} as const;

/** Programs that started before the span and never end: the parents of all others. */
export const residentPrograms: Readonly<Record<ResidentName, ResidentFact>> = {
  services: {
    file: "services.exe",
    folder: system32,
    description: "Services and Controller app",
    account: "system",
    command: "C:\\Windows\\system32\\services.exe",
    parent: "wininit.exe",
  },
  svchost: { ...serviceHost, command: "C:\\Windows\\system32\\svchost.exe -k DcomLaunch -p" },
  schedule: { ...serviceHost, command: "C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s Schedule" },
  windowsUpdate: { ...serviceHost, command: "C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s wuauserv" },
  termService: {
    ...serviceHost,
    account: "networkService",
    command: "C:\\Windows\\System32\\svchost.exe -k NetworkService -s TermService",
  },
  lsass: {
    file: "lsass.exe",
    folder: system32,
    description: "Local Security Authority Process",
    account: "system",
    command: "C:\\Windows\\system32\\lsass.exe",
    parent: "wininit.exe",
  },
  explorer: {
    file: "explorer.exe",
    folder: "C:\\Windows",
    description: "Windows Explorer",
    account: "user",
    command: "C:\\Windows\\Explorer.EXE",
    parent: "userinit.exe",
  },
};

/** Libraries of System32; the first `starterLibraries` are loaded everywhere from the start. */
export const windowsLibraries: readonly string[] = (
  "ntdll kernel32 KernelBase user32 gdi32 win32u msvcrt advapi32 sechost rpcrt4 combase ucrtbase " +
  "ole32 oleaut32 shell32 shlwapi shcore bcrypt bcryptPrimitives crypt32 cryptbase cryptsp cryptnet wintrust msasn1 " +
  "ws2_32 mswsock winhttp wininet urlmon iertutil dnsapi IPHLPAPI nsi dhcpcsvc dhcpcsvc6 webio rasadhlp FWPUCLNT " +
  "netapi32 netutils wkscli srvcli samcli samlib secur32 sspicli userenv profapi ntmarta powrprof umpdc wtsapi32 winsta " +
  "version setupapi cfgmgr32 devobj dbghelp dbgcore imm32 uxtheme dwmapi comctl32 comdlg32 gdi32full msctf " +
  "propsys clbcatq amsi wldp mpclient mpoav taskschd wbemprox wbemcomn wbemsvc fastprox vbscript jscript scrobj " +
  "msxml3 msxml6 XmlLite windows.storage kernel.appcore wintypes CoreMessaging CoreUIComponents rmclient apphelp " +
  "d3d11 dxgi d2d1 dwrite WindowsCodecs Windows.UI mscoree atl psapi winmm avrt MMDevAPI AudioSes edputil " +
  "actxprxy thumbcache ntshrui linkinfo cscapi mpr drprov ntlanman davclnt PortableDeviceApi srpapi policymanager " +
  "msvcp_win msvcp110_win vaultcli dpapi keyiso ncrypt ncryptsslp schannel gpapi logoncli ntdsapi certenroll esent"
).split(" ");
export const starterLibraries = 12;
