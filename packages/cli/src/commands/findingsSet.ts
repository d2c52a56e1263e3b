import { appendEntries, type DecisionEntry, statuses, verdicts } from "@goshawk/hunt";
import { existingStore } from "../existingStore.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { oneOf } from "../findings/filter.ts";
import { findingsNamed, readFindings } from "../findings/read.ts";
import { userName } from "../hunt/record.ts";
import type { Terminal } from "../terminal.ts";

export interface FindingsSetOptions {
  readonly store: string;
  readonly status?: string;
  readonly verdict?: string;
  readonly comment?: string;
  readonly assignee?: string;
  readonly tag?: readonly string[];
  readonly untag?: readonly string[];
}

/** `goshawk findings set <id>…` */
export async function findingsSetCommand(
  ids: readonly string[],
  options: FindingsSetOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const status = oneOf("--status", options.status, statuses);
  const verdict = oneOf("--verdict", options.verdict, verdicts);
  const { comment, assignee, tag: tags = [], untag: untags = [] } = options;
  if ([status, verdict, comment, assignee].every((value) => value === undefined) && tags.length + untags.length === 0)
    throw new UsageError("nothing to set; give --status, --verdict, --comment, --assignee, --tag or --untag");
  const found = findingsNamed(ids, (await readFindings(options.store, terminal)).findings);
  const store = await existingStore(options.store);
  const entry: DecisionEntry = {
    kind: "decision",
    at: new Date().toISOString(),
    by: userName(),
    ids: found.map(({ id }) => id),
    ...(status === undefined ? {} : { status }),
    ...(verdict === undefined ? {} : { verdict }),
    ...(comment === undefined ? {} : { comment }),
    ...(assignee === undefined ? {} : { assignee }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(untags.length === 0 ? {} : { untags }),
  };
  await appendEntries(store.folder, [entry]);
  terminal.note(`${ids.length} ${ids.length === 1 ? "finding" : "findings"} set.`);
  return exitCodes.ok;
}
