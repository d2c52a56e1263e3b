import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { JournalEntry } from "./record.ts";

const NAME = "findings.ndjson";

/**
 * Adds entries to a store's journal of findings, for good once this resolves. All of them are one write at the end of
 * the file, so that writers beside each other keep their lines whole. A line end comes first: the line before it may have
 * been cut short. Rejects, naming the file, when they could not be written whole.
 */
export async function appendEntries(folder: string, entries: readonly JournalEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await mkdir(folder, { recursive: true });
  const path = join(folder, NAME);
  const lines = Buffer.from(`\n${entries.map((entry) => JSON.stringify({ version: 1, ...entry })).join("\n")}\n`);
  const file = await open(path, "a");
  try {
    // One call of the system, which no other writer can come between; appendFile would make several of a long text.
    const { bytesWritten } = await file.write(lines);
    if (bytesWritten < lines.length)
      throw new Error(
        `${path} took only ${bytesWritten} of ${lines.length} bytes; make room on its disk and record again`,
      );
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
  const text = await wholeText(join(folder, NAME));
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

/** A text without a line end may be one that is being written: it gets a moment. */
async function wholeText(path: string): Promise<string> {
  const read = (): Promise<string> =>
    readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
  const text = await read();
  if (text === "" || text.endsWith("\n")) return text;
  await setTimeout(100);
  return read();
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
