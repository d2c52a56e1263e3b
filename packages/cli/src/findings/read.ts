import { type FindingFacts, factsIn, type JournalEntry, readJournal } from "@goshawk/hunt";
import { existingStore } from "../existingStore.ts";
import { UsageError } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

/** The findings of a store and the journal that they were folded from; lines that can't be read are said. */
export async function readFindings(
  folder: string,
  terminal: Terminal,
): Promise<{ readonly entries: readonly JournalEntry[]; readonly findings: readonly FindingFacts[] }> {
  const store = await existingStore(folder);
  const { entries, broken } = await readJournal(store.folder);
  if (broken.length > 0)
    terminal.note(`${store.folder}/findings.ndjson: line ${broken.join(", ")} can't be read and was left out.`);
  return { entries, findings: factsIn(entries) };
}

/** The findings that ids or their beginnings name; each must name exactly one. */
export function findingsNamed(ids: readonly string[], findings: readonly FindingFacts[]): readonly FindingFacts[] {
  return ids.map((id) => {
    const fitting = findings.filter((finding) => finding.id.startsWith(id));
    const [only] = fitting;
    if (only === undefined || id === "")
      throw new UsageError(`no finding is called ${id}; 'goshawk findings' lists them`);
    if (fitting.length > 1) throw new UsageError(`${fitting.length} findings begin with ${id}; give more of the id`);
    return only;
  });
}
