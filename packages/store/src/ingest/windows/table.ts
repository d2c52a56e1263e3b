import { quoteText } from "@goshawk/kql";

/** A table of Defender or Sentinel that Windows events fill. */
export interface EventTable {
  readonly table: string;
  readonly branches: readonly Branch[];
}

/** Events of one kind as rows of a table. */
export interface Branch {
  /** SQL over an event `e`: whether it is of this kind. */
  readonly where: string;
  /** SQL of each column, over an event `e` and, where there is one, its process `p`. */
  readonly columns: Readonly<Record<string, string>>;
  /** SQL of the GUID of the process that the event is about, or that made it happen. */
  readonly process?: string;
  /** Relation of the events, where the rows are made of more than one of them each. */
  readonly from?: string;
}

/** SQL of a value of an event's own data; `-` and an empty text say nothing. */
export function data(name: string): string {
  return `nullif(nullif(${raw(name)}, ''), '-')`;
}

/** SQL of such a value as it stands there. */
export function raw(name: string): string {
  return `e.data[${quoteText(name)}]`;
}

export function sysmon(...ids: readonly number[]): string {
  return `e.kind = 'sysmon' and e.event in (${ids.join(", ")})`;
}

export function security(...ids: readonly number[]): string {
  return `e.kind = 'security' and e.event in (${ids.join(", ")})`;
}

/** What follows the last separator of a path. */
export function fileName(path: string): string {
  return `nullif(regexp_extract(${path}, '[^\\\\/]*$'), '')`;
}

/** One of Sysmon's hashes, in lower case; the event of a stream has them under another name. */
export function hash(name: string): string {
  return `lower(nullif(regexp_extract(coalesce(${data("Hashes")}, ${data("Hash")}), '(?:^|,)${name}=([0-9A-Fa-f]+)', 1), ''))`;
}

/** A number that is written in decimal or, as ids are in the security log, in hexadecimal, as decimal text. */
export function number(text: string): string {
  return `cast(try_cast(${text} as UBIGINT) as VARCHAR)`;
}

/** The parts of `DOMAIN\user`, in lower case. */
export function account(user: string): { readonly domain: string; readonly name: string } {
  const parts = `string_split(lower(${user}), '\\')`;
  return {
    domain: `case when len(${parts}) > 1 then ${parts}[1] end`,
    name: `${parts}[len(${parts})]`,
  };
}

/** JSON text of an object with a key for each value that is there. */
export function bag(values: Readonly<Record<string, string>>): string {
  const entries = Object.entries(values).map(
    ([key, value]) => `${quoteText(`${JSON.stringify(key)}:`)} || cast(to_json(${value}) as VARCHAR)`,
  );
  const list = `array_to_string([${entries.join(", ")}], ',')`;
  return `case when ${list} <> '' then '{' || ${list} || '}' end`;
}

/** Braces and letter case differ from log to log. */
export function plainGuid(guid: string): string {
  return `lower(trim(${guid}, '{}'))`;
}

/** Sixty bits of the GUID's hash: what tells a process from all others. */
export function uniqueId(guid: string): string {
  return `cast(md5_number_lower(${plainGuid(guid)}) & 1152921504606846975 as VARCHAR)`;
}

/** The columns that every Defender table has. */
export const device: Readonly<Record<string, string>> = {
  Timestamp: "e.time",
  DeviceId: "sha1(e.host)",
  DeviceName: "e.host",
  ReportId: "cast(e._line as VARCHAR)",
};
