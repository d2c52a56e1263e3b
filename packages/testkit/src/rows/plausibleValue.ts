import type { ColumnSchema, KqlType } from "@goshawk/kql";
import type { Random } from "./random.ts";

/** A value that a log might hold, from so small a choice that rows of different tables meet in a join. */
export function plausibleValue({ name, type }: ColumnSchema, random: Random): string {
  return byType[type](random, name);
}

const byType: { readonly [T in KqlType]: (random: Random, name: string) => string } = {
  bool: ({ pick }) => pick(["true", "false"]),
  int: ({ below }) => String(below(5)),
  long: ({ below }) => String(below(5) * 1000),
  real: ({ below }) => String(below(8) / 4),
  decimal: ({ below }) => String(below(8) / 4),
  datetime: plausibleTime,
  timespan: ({ below }) => `0${below(10)}:30:00`,
  guid: ({ below }) => guid(below(5)),
  string: plausibleText,
  dynamic: plausibleDynamic,
};

const guid = (number: number): string => `0e5f1c2a-7b3d-4c5e-8f60-00000000000${number}`;

/** Within June 2024, to the tick. */
function plausibleTime({ below }: Random): string {
  const day = String(1 + below(30)).padStart(2, "0");
  const [hour, minute, second] = [below(24), below(60), below(60)].map((part) => String(part).padStart(2, "0"));
  return `2024-06-${day}T${hour}:${minute}:${second}.${String(below(10_000_000)).padStart(7, "0")}Z`;
}

type Texts = readonly [string, ...string[]];

const textsByEnding: readonly (readonly [RegExp, Texts])[] = [
  [/sha256$/i, ["a".repeat(64), "0123456789abcdef".repeat(4)]],
  [/sha1$/i, ["da39a3ee5e6b4b0d3255bfef95601890afd80709", "0123456789abcdef0123456789abcdef01234567"]],
  [/md5$/i, ["d41d8cd98f00b204e9800998ecf8427e"]],
  [/(ip|ipaddress|address)$/i, ["10.0.0.5", "192.168.1.254", "203.0.113.7", "2001:db8::1", "::ffff:10.0.0.5"]],
  [/url$/i, ["https://example.test/a?b=c&d=%20", "example.test", "http://[2001:db8::1]:8080/"]],
  [/(folder|file)path$/i, ["C:\\Windows\\System32\\cmd.exe", "C:\\Program Files (x86)\\A\\b.exe", "/usr/bin/curl"]],
  [/filename$/i, ["cmd.exe", "PowerShell.EXE", "svchost.exe", "curl"]],
  [/commandline$/i, ["cmd.exe /c whoami", "powershell -enc SQBFAFgA", '"C:\\a b\\c.exe" --x=1 | more']],
  [/(upn|userprincipalname|email)$/i, ["ana@example.test", "Bo.Li@Example.Test", "svc$@example.test"]],
  [/(account|user)name$/i, ["ana", "ANA", "SYSTEM", "bo.li"]],
  [/(device|computer|host)(name)?$/i, ["ws-01.example.test", "WS-01", "srv-02"]],
  [/domain$/i, ["example.test", "NT AUTHORITY"]],
  [/(action|operation)(type|name)?$/i, ["Created", "Deleted", "Sign-in activity"]],
  [/(result|status)$/i, ["0", "50126", "Success", "Failure"]],
];

function plausibleText({ pick, below }: Random, name: string): string {
  const known = textsByEnding.find(([ending]) => ending.test(name));
  return known === undefined ? `${name} ${1 + below(4)}` : pick(known[1]);
}

function plausibleDynamic({ below, pick }: Random, name: string): string {
  const number = below(4);
  return pick([
    JSON.stringify({ [name]: number, Name: `name ${number}`, ip: "10.0.0.5", nested: { value: [number, null] } }),
    JSON.stringify([{ Name: `name ${number}`, displayName: name, newValue: `["${number}"]` }]),
    JSON.stringify([`value ${number}`, "10.0.0.5"]),
    JSON.stringify(`text ${number}`),
  ]);
}
