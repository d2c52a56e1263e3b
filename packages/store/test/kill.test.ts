import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Bench, bench } from "./support.ts";

const built = fileURLToPath(new URL("../dist/index.js", import.meta.url));
const ROUNDS = 12;
const FILES = 8;
const ROWS = 2000;

let at: Bench;

beforeEach(async () => {
  at = await bench();
});

afterEach(() => at.remove());

/** Ingests in a process of its own, prints each file that it reports as stored, and is killed after a while. */
function killedIngest(paths: readonly string[], store: string, after: number): Promise<readonly string[]> {
  const script = `
    const { ingest, openStore } = await import(${JSON.stringify(built)});
    await ingest(${JSON.stringify(paths)}, { store: await openStore(${JSON.stringify(store)}), onReceipt: (r) => process.stdout.write(r.sha256 + "\\n") });`;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), after);
    child.on("close", () => {
      clearTimeout(timer);
      resolve(out.split("\n").slice(0, -1));
    });
  });
}

test("a writer killed at any moment loses nothing that it reported, and leaves nothing half there", async () => {
  const paths: string[] = [];
  for (let file = 0; file < FILES; file++) {
    const rows = Array.from({ length: ROWS }, (_, row) =>
      JSON.stringify({
        Timestamp: "2026-01-01T00:00:00Z",
        DeviceId: `f${file}`,
        DeviceName: "h",
        ActionType: "FileCreated",
        FileName: `${file}-${row}`,
      }),
    );
    paths.push(await at.file(`${file}.json`, `${rows.join("\n")}\n`));
  }
  const reported = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const seen = await killedIngest(paths, at.store.folder, 150 + ((round * 137) % 900));
    for (const sha of seen) reported.add(sha);
    const sources = await at.store.sources();
    const stored = new Set(sources.map((source) => source.sha256));
    expect([...reported].filter((sha) => !stored.has(sha))).toEqual([]);
    expect(stored.size).toBe(sources.length);
    expect(sources.every((source) => source.rows === ROWS)).toBe(true);
    if (sources.length > 0)
      expect(await at.rows("DeviceFileEvents | summarize count(), dcount(FileName)")).toEqual([
        [String(ROWS * sources.length), String(ROWS * sources.length)],
      ]);
  }
  const last = await at.ingest(...paths);
  expect(last.failed).toEqual([]);
  expect(await at.rows("DeviceFileEvents | count")).toEqual([[String(ROWS * FILES)]]);
});
