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

async function once(rules: readonly string[] = [rule]): Promise<readonly string[]> {
  const lines: string[] = [];
  const terminal: Terminal = {
    out: (text) => void lines.push(text),
    note: () => undefined,
    progress: () => undefined,
    outIsTerminal: false,
    style: { width: 100, color: false },
    signal: new AbortController().signal,
  };
  await scheduleCommand(rules, { store, every: "1h", catchUp: "24", once: true }, terminal);
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

test("a damaged table stops the rules that read it, not the others; rows that come late are still searched", async () => {
  const path = join(folder, "more.jsonl");
  const put = async (table: string, hoursAgo: number, computer: string): Promise<void> => {
    const row = { TimeGenerated: new Date(Date.now() - hoursAgo * HOUR).toISOString(), Computer: computer };
    await writeFile(path, `${JSON.stringify(row)}\n`);
    await ingest([path], { store: await openStore(store), table });
  };
  await put("Event", 3, "damaged");
  await put("Syslog", 500, "long ago");
  const { tables } = await (await openStore(store)).snapshot();
  for (const file of tables.find(({ name }) => name === "Event")?.files ?? []) await writeFile(file, "no Parquet");
  const rules = ["Event", "Syslog"].map((table) => join(folder, `${table}.kql`));
  for (const [index, table] of ["Event", "Syslog"].entries())
    await writeFile(rules[index] ?? "", `${table} | where TimeGenerated > ago(1d) | project Computer`);
  expect(await once(rules)).toEqual([]);
  await put("Syslog", 2, "late\u009b[2J");
  const [alert = "", ...more] = await once(rules);
  expect(more).toEqual([]);
  expect(alert).not.toContain("\u009b");
  expect(JSON.parse(alert)).toMatchObject({ looked: "runs", rows: 1, findings: [{ entity: "late\u009b[2J" }] });
});
