import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "@goshawk/store";
import { ingest } from "@goshawk/store/ingest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scheduleCommand } from "../src/commands/schedule.ts";
import type { Terminal } from "../src/terminal.ts";

const HOUR = 3_600_000;
let folder = "";
let store = "";
let rule = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-schedule-"));
  store = join(folder, "store");
  const events = join(folder, "events.jsonl");
  const row = { TimeGenerated: new Date(Date.now() - 3 * HOUR).toISOString(), Computer: "a.example.test", EventID: 1 };
  await writeFile(events, `${JSON.stringify(row)}\n`);
  await ingest([events], { store: await openStore(store), table: "SecurityEvent" });
  rule = join(folder, "rule.kql");
  await writeFile(rule, "SecurityEvent | where TimeGenerated > ago(1d) | summarize Count=count() by Computer");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function once(): Promise<readonly string[]> {
  const lines: string[] = [];
  const terminal: Terminal = {
    out: (text) => void lines.push(text),
    note: () => undefined,
    progress: () => undefined,
    outIsTerminal: false,
    style: { width: 100, color: false },
    signal: new AbortController().signal,
  };
  await scheduleCommand([rule], { store, every: "1h", catchUp: "24", once: true }, terminal);
  return lines;
}

test("a schedule tells of a finding once, however often it is started, and again if a crash came before it was kept", async () => {
  const [alert, ...more] = await once();
  expect(more).toEqual([]);
  expect(JSON.parse(alert ?? "")).toMatchObject({ findings: [{ entity: "a.example.test" }] });
  expect(await once()).toEqual([]);
  const journal = join(store, "findings.ndjson");
  const text = await readFile(journal, "utf8");
  await writeFile(journal, text.slice(0, text.lastIndexOf('"kind":"alert"')));
  expect(await once()).toHaveLength(1);
  expect(await once()).toEqual([]);
});

test("two schedules of one store are refused, and the lock of a dead one is not", async () => {
  const lock = join(store, "schedule.lock");
  await writeFile(lock, String(process.ppid));
  await expect(once()).rejects.toThrow(/alert twice/);
  await writeFile(lock, "999999999");
  expect(await once()).toEqual([]);
});
