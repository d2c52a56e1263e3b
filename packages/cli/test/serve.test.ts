import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type EstateManifest, generateEstate } from "@goshawk/estate";
import { openStore } from "@goshawk/store";
import { ingest } from "@goshawk/store/ingest";
import { afterAll, beforeAll, expect, test } from "vitest";

const END = "2026-10-31T12:00:00Z";
const foundingQuery = `DeviceFileCertificateInfo
| where Timestamp between (now(-5d)..now())
| where Signer has 'Action1 Corporation'
| summarize FirstSeen=min(Timestamp), LastSeen=max(Timestamp), Report=make_set(ReportId), Count=count() by DeviceId, DeviceName
| project DeviceName, FirstSeen, LastSeen, Count | sort by DeviceName asc`;

let folder = "";
let store = "";
let manifest: EstateManifest;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-cli-"));
  store = join(folder, "store");
  const estate = join(folder, "estate");
  manifest = await generateEstate({ folder: estate, rows: 20_000, devices: 50, days: 15, end: END, seed: 7 });
  await ingest([estate], { store: await openStore(store) });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("the program serves the founding rule in every protocol, and ends well when told to", async () => {
  const program = fileURLToPath(new URL("../bin/goshawk.js", import.meta.url));
  const child = spawn(process.execPath, [program, "serve", "--store", store, "--port", "0", "--now", END]);
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  while (!said.includes("Ctrl-C")) await Promise.race([once(child.stderr, "data"), once(child, "exit")]);
  const url = /http:\S+\d/.exec(said)?.[0] ?? "";
  const ask = async (path: string, body: object): Promise<string> =>
    (await fetch(`${url}${path}`, { method: "POST", body: JSON.stringify(body) })).text();

  const planted = manifest.truth.founding.withinLookback
    .map((row) => [row.deviceName, row.firstSeen, row.lastSeen, row.count])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  expect(planted.length).toBeGreaterThan(0);
  const rows = JSON.stringify(planted);
  const named = planted.map(([DeviceName, FirstSeen, LastSeen, Count]) => ({ DeviceName, FirstSeen, LastSeen, Count }));
  expect((await ask("/v2/rest/query", { csl: foundingQuery })).replace("[ [", "[[")).toContain(rows);
  expect(await ask("/v1/rest/query", { csl: foundingQuery })).toContain(rows);
  expect(await ask("/v1/workspaces/w/query", { query: foundingQuery, timespan: "P30D" })).toContain(rows);
  expect(await ask("/v1.0/security/runHuntingQuery", { Query: foundingQuery })).toContain(JSON.stringify(named));
  expect(await ask("/api/v1/query", { query: foundingQuery })).toContain(rows);

  const ended = once(child, "exit");
  child.kill("SIGTERM");
  expect((await ended)[0]).toBe(0);
});
