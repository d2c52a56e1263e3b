import { type ExclusionReview, loadExclusions, type ReviewKind, readJournal, reviewExclusions } from "@goshawk/hunt";
import { existingStore } from "../existingStore.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { exclusionProblemNotes } from "../hunt/exclusions.ts";
import { forTerminal } from "../output/escape.ts";
import { chosenFormat, resultText } from "../output/result.ts";
import type { Terminal } from "../terminal.ts";

export interface ExclusionReviewOptions {
  readonly store: string;
  readonly format?: string;
  readonly days: string;
  readonly drift: string;
  readonly ci?: boolean;
  readonly today?: string;
}

/** What makes `--ci` fail: these exclusions do not do what their files say. */
const failing: ReadonlySet<ReviewKind> = new Set(["expired", "broken"]);

/** `goshawk exclusion review <exclusions>…` */
export async function exclusionReviewCommand(
  paths: readonly string[],
  options: ExclusionReviewOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const format = chosenFormat(options.format, terminal.outIsTerminal);
  const review = {
    today: dayOf(options.today),
    staleDays: positive("--days", options.days),
    drift: positive("--drift", options.drift),
  };
  const { exclusions, problems } = await loadExclusions(paths, terminal.signal);
  for (const line of exclusionProblemNotes(problems)) terminal.note(line);
  const store = await existingStore(options.store);
  const reviews = reviewExclusions(exclusions, (await readJournal(store.folder)).entries, review);
  terminal.out(resultText(tableOf(reviews), format, terminal.style));
  for (const { exclusion, notes } of reviews)
    for (const { kind, message } of notes) {
      const { path, position, id } = exclusion;
      const severity = failing.has(kind) ? "error" : kind === "draft" || kind === "expiring" ? "note" : "warning";
      terminal.note(
        `${path}:${position.line}:${position.column}: ${severity}: ${id}: ${kind}: ${forTerminal(message)}`,
      );
    }
  const failed = reviews.some(({ notes }) => notes.some(({ kind }) => failing.has(kind)));
  return problems.length > 0 || (options.ci === true && failed) ? exitCodes.ruleError : exitCodes.ok;
}

function tableOf(reviews: readonly ExclusionReview[]): Parameters<typeof resultText>[0] {
  return {
    columns: [
      { name: "Exclusion", type: "string" },
      { name: "State", type: "string" },
      { name: "Owner", type: "string" },
      { name: "Expires", type: "string" },
      { name: "Runs", type: "long" },
      { name: "Hides", type: "long" },
      { name: "LastHid", type: "string" },
    ],
    rows: reviews.map(({ exclusion, notes, runs, hides, lastHid }) => [
      exclusion.id,
      notes.length === 0 ? "in order" : notes.map(({ kind }) => kind).join(" "),
      exclusion.owner,
      exclusion.expires,
      String(runs),
      String(hides),
      lastHid?.slice(0, 10) ?? "never",
    ]),
    truncated: false,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new UsageError(`${name} '${text}' is no number above 0`);
  return value;
}

function dayOf(text: string | undefined): string {
  if (text === undefined) return new Date().toISOString().slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text))
    throw new UsageError(`--today '${text}' is no day; expected one such as 2026-11-24`);
  return text;
}
