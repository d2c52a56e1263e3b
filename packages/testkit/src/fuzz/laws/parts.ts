import type { ResultTable } from "@goshawk/engine";
import { conditionOver } from "../grammar/condition.ts";
import { spelled } from "../tree.ts";
import { difference, type Held, type Law } from "./law.ts";

/** Two queries whose rows are the same. */
async function equal(one: string, other: string, { run }: Held): Promise<string | undefined> {
  const [expected, actual] = [await run(one), await run(other)];
  if (expected.kind === "crash") return `${expected.message}\n${one}`;
  if (actual.kind === "crash") return `${actual.message}\n${other}`;
  if (expected.kind !== "rows" || actual.kind !== "rows") return undefined;
  const found = difference(expected.table, actual.table, false);
  return found === undefined ? undefined : `${found}\n${one}\n-- is not\n${other}`;
}

/** How a number summarizes, and how the summaries of parts come together. */
const merges: readonly (readonly [part: string, merged: string])[] = [
  ["min", "min"],
  ["max", "max"],
  ["sum", "sum"],
];

/** Their sums wrap around, so that parts may overflow; a sum of timespans that does is none. */
const additive: ReadonlySet<string> = new Set(["long", "int"]);

/** Laws about parts of a query's rows and columns. */
export const partLaws: readonly Law[] = [
  {
    name: "count counts the rows",
    exact: true,
    check: async ({ text, table, run }) => {
      const counted = await run(`${text}\n| count`);
      if (counted.kind === "crash") return counted.message;
      if (counted.kind !== "rows" || table.truncated) return undefined;
      const count = counted.table.rows[0]?.[0];
      return count === String(table.rows.length) ? undefined : `count is ${count}, and ${table.rows.length} rows come`;
    },
  },
  {
    name: "some columns of a query are what all of it has there",
    exact: true,
    check: async ({ text, table, run, random, query }) => {
      const at = table.columns.flatMap((_, index) => (random.below(3) === 0 ? [index] : []));
      const names = at.flatMap((index) => table.columns[index]?.name ?? []);
      if (names.length === 0 || new Set(table.columns.map(({ name }) => name)).size < table.columns.length)
        return undefined;
      const pruned = `${text}\n| project ${names.map(spelled).join(", ")}`;
      const found = await run(pruned);
      if (found.kind === "crash") return `${found.message}\n${pruned}`;
      if (found.kind !== "rows") return undefined;
      const expected: ResultTable = {
        truncated: table.truncated,
        columns: at.flatMap((index) => table.columns[index] ?? []),
        rows: table.rows.map((row) => at.map((index) => row[index] ?? null)),
      };
      const wrong = difference(expected, found.table, query.ordered);
      return wrong === undefined ? undefined : `${wrong}\n${pruned}`;
    },
  },
  {
    name: "summaries of parts merge to that of the whole",
    exact: true,
    check: async (held) => {
      const numbers = held.query.columns.filter(
        ({ type }) => additive.has(type) || type === "datetime" || type === "timespan",
      );
      const column = numbers[held.random.below(numbers.length)];
      if (column === undefined) return undefined;
      const name = spelled(column.name);
      const usable = merges.filter(([part]) => part !== "sum" || additive.has(column.type));
      const whole = usable.map(([part]) => `${part}_ = ${part}(${name})`).join(", ");
      const merged = usable.map(([part, all]) => `${part}_ = ${all}(${part}_)`).join(", ");
      const condition = conditionOver(held.query.columns, held.random);
      const parts = [`coalesce(${condition}, false)`, `not(coalesce(${condition}, false))`].map(
        (test) => `(Q | where ${test} | summarize count_ = count(), ${whole})`,
      );
      const start = `let Q = ${held.text};\n`;
      return equal(
        `${start}Q | summarize count_ = count(), ${whole}`,
        `${start}union ${parts.join(", ")} | summarize count_ = sum(count_), ${merged}`,
        held,
      );
    },
  },
];
