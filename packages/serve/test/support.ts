import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "@goshawk/store";
import { ingest } from "@goshawk/store/ingest";
import { type ServeOptions, type Server, serve } from "../src/index.ts";

/** A server over a store of a few processes, on a port of its own. */
export async function startServer(
  options: Partial<ServeOptions> = {},
  prepare: (folder: string) => Promise<void> = async () => undefined,
): Promise<Server & { readonly folder: string }> {
  const root = await mkdtemp(join(tmpdir(), "goshawk-serve-test-"));
  const folder = join(root, "store");
  const file = join(root, "DeviceProcessEvents.json");
  await writeFile(file, processes.map((row) => `${JSON.stringify(row)}\n`).join(""));
  await ingest([file], { store: await openStore(folder), table: "DeviceProcessEvents" });
  await prepare(folder);
  const server = await serve({ storeFolder: folder, port: 0, limits: { workers: 1 }, ...options });
  return {
    ...server,
    folder,
    close: async () => {
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

const processes = [
  { Timestamp: "2026-03-04T09:05:07.1234567Z", DeviceName: "lab-ws01", FileName: "powershell.exe", ProcessId: 4312 },
  { Timestamp: "2026-03-04T10:00:00Z", DeviceName: "lab-ws02", FileName: "cmd.exe", ProcessId: 17 },
  { Timestamp: "2026-03-06T00:00:00Z", DeviceName: "lab-ws01", FileName: "rundll32.exe", ProcessId: 18 },
];

/** A value of each type, nulls, and the values at the edges: the rows of PROTOCOLS' golden bodies. */
export const everyType = `datatable(b:bool, i:int, l:long, r:real, dec:decimal, s:string, dt:datetime, ts:timespan, g:guid, d:dynamic)[
  true, 7, 9007199254740993, 1.5, decimal(12345678901234567.89), "x", datetime(2024-05-06T07:08:09.1234567Z), timespan(1.02:03:04.0000005), guid(74be27de-1e4e-49d9-b579-fe0b331d3642), dynamic({"a":[1,2],"b":null}),
  bool(null), int(null), long(null), real(null), decimal(null), "", datetime(null), timespan(null), guid(null), dynamic(null),
  false, -1, -9223372036854775808, real(nan), decimal(-0.1), "é", datetime(0001-01-01), -1s, guid(00000000-0000-0000-0000-000000000000), dynamic([1]),
  false, 0, 0, real(+inf), decimal(0), "", datetime(9999-12-31T23:59:59.9999999Z), 0s, guid(null), dynamic("str")]`;

/** What those rows are on Kusto's wire, as the golden bodies have them. */
export const everyTypeRows =
  '[[true,7,9007199254740993,1.5,"12345678901234567.89","x","2024-05-06T07:08:09.1234567Z","1.02:03:04.0000005","74be27de-1e4e-49d9-b579-fe0b331d3642",{"a":[1,2],"b":null}],[null,null,null,null,null,"",null,null,null,null],[false,-1,-9223372036854775808,"NaN","-0.1","é","0001-01-01T00:00:00.0000000Z","-00:00:01","00000000-0000-0000-0000-000000000000",[1]],[false,0,0,"Infinity","0","","9999-12-31T23:59:59.9999999Z","00:00:00",null,"str"]]';
