import { mkdir, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ExternalRows, ReadExternal } from "@goshawk/engine/duckdb";
import type { ExternalRequest } from "@goshawk/kql";
import { type Member, membersOf } from "../ingest/unpack/members.ts";
import { externalRecords } from "./externalRecords.ts";
import { type ExternalOptions, locate } from "./locate.ts";

const MOST_BYTES = 256 * 2 ** 20;

/** Reads the files that `externaldata` names, from where `options` allow; a worker thread calls it by its module. */
export function openExternal(options: ExternalOptions): ReadExternal {
  return async (request) => {
    const found = await locate(request.uri, options);
    if (!("path" in found)) return { kind: "absent", ...found };
    try {
      return await rowsIn(found.path, request, options);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { kind: "absent", reason, next: "Look at the file, and at the query's format." };
    } finally {
      if (found.folder !== undefined) await rm(found.folder, { recursive: true, force: true });
    }
  };
}

async function rowsIn(path: string, request: ExternalRequest, options: ExternalOptions): Promise<ExternalRows> {
  await mkdir(options.workFolder, { recursive: true });
  const folder = await mkdtemp(join(options.workFolder, "external-"));
  try {
    return await rowsOf(await membersOf(path, request.uri, folder), request);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function rowsOf(members: readonly Member[], request: ExternalRequest): Promise<ExternalRows> {
  const rows: (readonly string[])[] = [];
  for (const member of members) {
    if (!isWanted(member, request)) continue;
    if (member.failure !== undefined) throw new Error(`${member.name ?? ""}: ${member.failure}`);
    const { size } = await stat(member.path);
    if (size > MOST_BYTES) throw new Error(`it is larger than ${MOST_BYTES / 2 ** 20} MB unpacked`);
    const records = externalRecords(await readFile(member.path, "utf8"), request);
    if (records === undefined)
      return {
        kind: "absent",
        reason: `its format '${request.format}' is not read`,
        next: "csv, tsv, psv, scsv, sohsv, txt, raw, json and multijson are.",
      };
    for (const record of records) rows.push(record);
  }
  return { kind: "rows", rows };
}

/** Members of an archive whose names fit the pattern, in which `*` stands for any characters. */
function isWanted({ name }: Member, { zipPattern }: ExternalRequest): boolean {
  if (name === undefined || zipPattern === undefined) return true;
  const parts = zipPattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "i").test(name);
}
