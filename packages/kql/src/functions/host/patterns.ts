import { bySize, clusters, differences } from "../../values/patterns/choose.ts";
import { type CountedRow, type MiningLimits, minePatterns, type Pattern } from "../../values/patterns/mine.ts";
import { type HostFunction, hostFunction } from "./define.ts";

/** Rows as texts of JSON arrays: how often, for each group, then each column's item; "" is none. */
interface Read {
  readonly rows: readonly CountedRow[];
  readonly texts: readonly string[];
}

function read(json: string, groups: number): Read {
  const numbers = new Map<string, number>();
  const numberOf = (column: number, text: string): number => {
    if (text === "") return -1;
    const key = `${column} ${text}`;
    const found = numbers.get(key) ?? numbers.size;
    numbers.set(key, found);
    return found;
  };
  // In order, so that where two patterns are as good the same one is chosen on every run.
  const ordered = [...(JSON.parse(json) as readonly string[])].sort();
  const cells = ordered.map((row) => JSON.parse(row) as readonly (number | string)[]);
  const rows = cells.map((row) => ({
    counts: row.slice(0, groups).map(Number),
    items: row.slice(groups).map((text, column) => numberOf(column, String(text))),
  }));
  return { rows, texts: [...numbers.keys()].map((key) => key.slice(key.indexOf(" ") + 1)) };
}

function written(patterns: readonly Pattern[], { texts }: Read): string {
  return JSON.stringify(patterns.map(({ counts, items }) => [...counts, ...items.map((item) => texts[item] ?? "")]));
}

const totalOf = (rows: readonly CountedRow[], group: number): number =>
  rows.reduce((sum, { counts }) => sum + (counts[group] ?? 0), 0);

/** More different rows are not searched. */
const MOST_ROWS = 100_000;

/** The items that tell a cluster; those that always come with them do not count. */
const MOST_TELLING = 5;

/** Reads, searches and writes; nothing where there is too much to search. */
function searched(
  json: string,
  groups: number,
  limits: (rows: readonly CountedRow[]) => MiningLimits,
  choose: (found: readonly Pattern[], rows: readonly CountedRow[]) => readonly Pattern[],
): string | null {
  const given = read(json, groups);
  if (given.rows.length > MOST_ROWS) return null;
  const found = minePatterns(given.rows, limits(given.rows));
  return found === undefined ? null : written(choose(found, given.rows), given);
}

const asOften = (rows: readonly CountedRow[], part: number, mostItems: number): MiningLimits => {
  const groups = rows[0]?.counts ?? [];
  const needed = groups.map((_, group) => part * totalOf(rows, group));
  return { isFrequent: (counts) => counts.some((count, group) => count >= (needed[group] ?? 0)), mostItems };
};

/** The plugins that look for patterns; null where there is too much to search. */
export const patternFunctions: readonly HostFunction[] = [
  hostFunction("goshawk_basket", ["VARCHAR", "DOUBLE", "BIGINT"], "VARCHAR", (json, least, most) =>
    searched(String(json), 1, (rows) => asOften(rows, Number(least), Number(most)), bySize),
  ),
  hostFunction("goshawk_autocluster", ["VARCHAR", "DOUBLE", "DOUBLE"], "VARCHAR", (json, least, sizeWeight) =>
    searched(
      String(json),
      1,
      (rows) => asOften(rows, Number(least), MOST_TELLING),
      (found, rows) => clusters(found, rows, Number(sizeWeight)),
    ),
  ),
  hostFunction("goshawk_diffpatterns", ["VARCHAR", "DOUBLE", "BIGINT"], "VARCHAR", (json, least, most) =>
    searched(
      String(json),
      2,
      (rows) => asOften(rows, Number(least), Number(most)),
      (found, rows) => differences(found, [totalOf(rows, 0), totalOf(rows, 1)], Number(least)),
    ),
  ),
];
