import type { Command } from "commander";
import type { ExitCode } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

/** An option that may be given several times. */
export function each(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** A command reports the code that the process ends with. */
export type Done = (code: ExitCode) => void;

/** Adds a family of commands. */
export type CommandFamily = (program: Command, terminal: Terminal, done: Done) => void;

export const storeFolder = ".goshawk";
export const parquetHelp =
  "folder of Parquet files, <Table>.parquet or <Table>/…, to read where they are; may be given again";
export const nowHelp = "what now() says: a datetime, or 'latest' for the newest event read";
export const formatHelp = "table, json, ndjson or csv";

/** What a query may call and read beside the store. */
export function withOutside(command: Command, options: { readonly fetchHosts?: string } = {}): Command {
  return command
    .option(
      "--functions <path>",
      "file or folder of functions that queries call (parser YAML, .kql); may be given again",
      each,
      [],
    )
    .option("--watchlists <dir>", "folder of watchlists, <alias>.csv or .json; may be given again", each, [])
    .option(
      "--external <dir>",
      "folder with copies, <host>/<path>, of files that externaldata names; may be given again",
      each,
      [],
    )
    .option(
      `${options.fetchHosts ?? "--allow-host"} <host>`,
      "host that externaldata may ask over https; may be given again",
      each,
      [],
    )
    .option("--geo <file>", "MaxMind database of cities, such as GeoLite2-City.mmdb, for geo_info_from_ip_address()");
}
