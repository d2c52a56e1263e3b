import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";

/** A change that somebody made through the server. */
export interface AuditEntry {
  /** ISO 8601. */
  readonly at: string;
  readonly by: string;
  /** Such as `finding.set`, `ingest`, `hunt`. */
  readonly what: string;
  /** What it was done to. */
  readonly on: readonly string[];
  /** What was changed to what. */
  readonly change?: object;
}

const NAME = "audit.ndjson";

/** Adds to the store's log of changes, for good once this resolves. */
export async function audit(folder: string, entry: AuditEntry): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = await open(join(folder, NAME), "a", 0o600);
  try {
    await file.appendFile(`${JSON.stringify(entry)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The last entries, oldest first. */
export async function readAudit(folder: string, most: number): Promise<readonly AuditEntry[]> {
  const text = await readFile(join(folder, NAME), "utf8").catch(() => "");
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.slice(-most).flatMap((line): readonly AuditEntry[] => {
    try {
      return [JSON.parse(line) as AuditEntry];
    } catch {
      return [];
    }
  });
}
