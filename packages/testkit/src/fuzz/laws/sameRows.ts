import { conditionOver } from "../grammar/condition.ts";
import { outcomeOf } from "../outcome.ts";
import { datatableOf } from "../tables.ts";
import { spelled, textOf } from "../tree.ts";
import { difference, type Held, type Law } from "./law.ts";

/** Another query that must give the same rows. */
async function sameAs(text: string, { table, run, query }: Held, adds?: "a condition"): Promise<string | undefined> {
  const other = await run(text);
  switch (other.kind) {
    case "slow":
      return undefined;
    case "crash":
      return `${other.message}\n${text}`;
    case "refused":
      // A condition that a law adds may be none that can be had.
      if (adds === "a condition") return undefined;
      return `refused: ${other.diagnostics[0]?.message}\n${text}`;
    case "rows": {
      const found = difference(table, other.table, query.ordered);
      return found === undefined ? undefined : `${found}\n${text}`;
    }
  }
}

/** The query over tables of other names, each of which one of `lets` declares. */
function renamed(prefix: string, lets: readonly string[], held: Held): readonly [string, Held] {
  const spelling = { table: (name: string) => `${prefix}${name}`, column: spelled };
  const text = textOf(held.query.lets, spelling) + textOf(held.query.tree, spelling);
  const used = lets.filter((line) => text.includes(line.slice(4, 7))).join("");
  return [used + text, { ...held, run: (other) => outcomeOf(other, held.world.session) }];
}

const namesTables = (text: string): boolean => /withsource|search|find /.test(text);

/** A law that every query is held to. */
export const planLaw: Law = {
  name: "rewriting a plan keeps its rows",
  exact: true,
  check: (held) => sameAs(held.text, { ...held, run: (text) => held.run(text, { asBound: true }) }),
};

/** Laws that another form of the query keeps its rows. */
export const sameRowsLaws: readonly Law[] = [
  { name: "where true keeps the rows", exact: true, check: (held) => sameAs(`${held.text}\n| where true`, held) },
  {
    name: "a let of the query is the query",
    exact: true,
    check: (held) => sameAs(`let Q = ${held.text};\nQ`, held),
  },
  {
    name: "materialize keeps the rows",
    exact: true,
    check: async (held) => {
      if (namesTables(held.lets + held.text)) return undefined;
      const lets = held.world.tables.map(({ schema: { name } }) => `let M_${name} = materialize(${name});\n`);
      return sameAs(...renamed("M_", lets, held));
    },
  },
  {
    name: "a datatable is a stored table",
    exact: true,
    check: async (held) => {
      if (namesTables(held.lets + held.text)) return undefined;
      const lets = held.world.tables.map((table) => `let D_${table.schema.name} = ${datatableOf(table)};\n`);
      return sameAs(...renamed("D_", lets, held));
    },
  },
  {
    name: "a split by a condition unions to the whole",
    exact: true,
    check: (held) => {
      const condition = conditionOver(held.query.columns, held.random);
      const part = (test: string): string => `(Q | where ${test})`;
      const parts = [condition, `not(${condition})`, `isnull(${condition})`].map(part).join(", ");
      const unordered = { ...held, query: { ...held.query, ordered: false } };
      return sameAs(`let Q = ${held.text};\nunion ${parts}`, unordered, "a condition");
    },
  },
  {
    name: "a condition filters as its value says",
    exact: true,
    check: async (held) => {
      const condition = conditionOver(held.query.columns, held.random);
      const filtered = await held.run(`${held.text}\n| where ${condition}`);
      if (filtered.kind !== "rows") return undefined;
      const text = `${held.text}\n| extend condition_ = ${condition}\n| where condition_\n| project-away condition_`;
      return sameAs(text, { ...held, table: filtered.table }, "a condition");
    },
  },
];
