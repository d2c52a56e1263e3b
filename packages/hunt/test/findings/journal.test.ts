import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readJournal } from "../../src/findings/journal.ts";

const script = fileURLToPath(new URL("./journalProcess.mjs", import.meta.url));
const TIMES = 8;

async function write(folder: string, name: string, kind: "run" | "decision", bytes: number): Promise<void> {
  const args = [script, folder, name, kind, String(TIMES), String(bytes)];
  const [code] = await once(spawn(process.execPath, args, { stdio: "inherit" }), "exit");
  expect(code).toBe(0);
}

test("hunts that record while people decide, in processes of their own, lose and tear nothing", async () => {
  const folder = await mkdtemp(join(tmpdir(), "goshawk-journal-"));
  try {
    let writing = true;
    // The long ones are beyond what is written at a time when a file is written in parts.
    const writers = Promise.all([
      write(folder, "hunt", "run", 1_500_000),
      write(folder, "other hunt", "run", 700_000),
      write(folder, "analyst", "decision", 20),
    ]).finally(() => {
      writing = false;
    });
    const counts: number[] = [];
    while (writing) {
      const { entries, broken } = await readJournal(folder);
      expect(broken).toEqual([]);
      counts.push(entries.length);
    }
    await writers;
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    const { entries, broken } = await readJournal(folder);
    expect(broken).toEqual([]);
    expect(entries.length).toBe(3 * TIMES * 2);
    for (const name of ["hunt", "other hunt", "analyst"])
      expect(entries.filter((entry) => entry.by === name).length).toBe(TIMES);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
