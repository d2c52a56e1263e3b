import { type Exclusion, hiddenRows, type Meaning, parseExclusions, type Rule, runHunt } from "@goshawk/hunt";
import { catalogueTable } from "@goshawk/store";
import { clock } from "../clock.ts";
import { told } from "../engines/answers.ts";
import { huntBackend } from "../engines/huntBackend.ts";
import type { Service } from "../service.ts";
import { eventTimeIn } from "./eventTime.ts";

/** What exclusions of a text would hide: rows of their tables, and findings of the rules. */
export async function previewExclusions(
  text: string,
  rules: readonly Rule[],
  service: Service,
  options: { readonly client: string; readonly now?: bigint | "latest" },
): Promise<object> {
  const { exclusions, problems } = parseExclusions(text, "request");
  const held = await service.tables.newest();
  const backend = huntBackend(service, held, options.client);
  const now = options.now ?? service.now ?? clock();
  const eventTime = eventTimeIn(held.snapshot);
  const own = new Map(
    held.snapshot.tables.map((table) => [table.name, table.columns.map((column) => column.name)] as const),
  );
  const columnsOf = (table: string): ReadonlySet<string> | undefined => {
    const known = catalogueTable(table)?.columns.map((column) => column.name) ?? [];
    const all = [...known, ...(own.get(table) ?? [])];
    return all.length === 0 ? undefined : new Set(all);
  };
  const previews: object[] = [];
  try {
    for (const exclusion of exclusions)
      for (const meaning of exclusion.meaning === undefined ? (["drop", "keep"] as const) : [exclusion.meaning])
        previews.push(await preview({ ...exclusion, meaning }));
  } finally {
    held.done();
  }
  return { previews, problems };

  async function preview(exclusion: Exclusion & { readonly meaning: Meaning }): Promise<object> {
    const { id, meaning } = exclusion;
    try {
      const hidden = await hiddenRows(exclusion, backend, { now, eventTime, columnsOf });
      const outcomes = await runHunt(rules, backend, {
        now,
        stored: new Map(held.snapshot.tables.map((table) => [table.name, table])),
        exclusions: [exclusion],
        today: "",
        eventTime,
        timeoutMs: service.limits.timeoutMs,
      });
      const effects = outcomes.flatMap((outcome) =>
        "findings" in outcome && outcome.tuning !== undefined
          ? [
              {
                rule: outcome.rule.id,
                findings: outcome.findings.length + outcome.tuning.suppressed.length,
                hides: outcome.tuning.suppressed.length,
                weakens: outcome.tuning.weakened,
                problems: outcome.tuning.broken.flatMap((item) => item.reasons),
              },
            ]
          : [],
      );
      return { exclusion: id, meaning, hidden, effects };
    } catch (error) {
      const known = told(error);
      return { exclusion: id, meaning, problem: known instanceof Error ? known.message : "It can't be run." };
    }
  }
}
