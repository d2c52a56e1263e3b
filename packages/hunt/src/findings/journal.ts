import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { JournalEntry } from "./record.ts";

const NAME = "findings.ndjson";

/**
 * Adds entries to a store's journal of findings, for good once this resolves. All of them are one write at the end of
 * the file, so that writers beside each other keep their lines whole. A line end comes first: the line before it may have
 * been cut short.
 */
export async function appendEntries(folder: string, entries: readonly JournalEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await mkdir(folder, { recursive: true });
  const file = await open(join(folder, NAME), "a");
  try {
    await file.appendFile(`\n${entries.map((entry) => JSON.stringify({ version: 1, ...entry })).join("\n")}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** Numbers of the lines that are no entries, as a crash in the middle of one leaves them. */
  readonly broken: readonly number[];
}

/** All entries, oldest first; none where nothing was hunted yet. */
export async function readJournal(folder: string): Promise<Journal> {
  const text = await readFile(join(folder, NAME), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const entries: JournalEntry[] = [];
  const broken: number[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line === "") continue;
    const entry = entryOf(line);
    if (entry === undefined) broken.push(index + 1);
    else entries.push(entry);
  }
  return { entries, broken };
}

function entryOf(line: string): JournalEntry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const known = typeof value === "object" && value !== null && "kind" in value && "version" in value;
    return known && value.version === 1 ? (value as unknown as JournalEntry) : undefined;
  } catch {
    return undefined;
  }
}
