import type { Backend, QueryOutcome, QueryRequest } from "@goshawk/engine";
import { nameReferences } from "@goshawk/kql";
import type { Rule } from "../rules/rule.ts";

type Asked = Pick<QueryRequest, "now" | "timeoutMs">;

/** Those of the tables that a rule reads, anywhere, otherwise than by their name in its text, where a `let` stands for them. */
export type Unreached = (
  rule: Pick<Rule, "query">,
  tables: readonly string[],
  asked: Asked,
) => Promise<readonly string[]>;

/**
 * Asks the compiler: with a `let` of no rows in the place of each table, those that are read all the same are reached by
 * a wildcard, in `table("…")`, as another database's or in a function. Columns of tables are asked for once.
 */
export function unreachedBy(backend: Backend, signal?: AbortSignal): Unreached {
  const lets = new Map<string, Promise<string>>();
  const ask = (text: string, asked: Asked): Promise<QueryOutcome> =>
    backend.query({ ...asked, text, rowLimit: 0 }, signal);
  const emptyLet = (table: string, asked: Asked): Promise<string> => {
    const known = lets.get(table) ?? letOf(table, ask(`${table}\n| take 0`, asked));
    lets.set(table, known);
    return known;
  };
  return async ({ query }, tables, asked) => {
    const written = tables.filter((table) => nameReferences(query, table).length > 0);
    const unwritten = tables.filter((table) => !written.includes(table));
    if (written.length === 0) return unwritten;
    const prefix = await Promise.all(written.map((table) => emptyLet(table, asked)));
    const outcome = await ask(prefix.join("") + query, asked);
    // A rule that asks for columns that only its own table could have can't be tried so: its names must do.
    const beside = outcome.ok ? written.filter((table) => outcome.tables.includes(table)) : [];
    return [...unwritten, ...beside];
  };
}

async function letOf(table: string, asking: Promise<QueryOutcome>): Promise<string> {
  const outcome = await asking;
  if (!outcome.ok) return "";
  const columns = outcome.table.columns.map(({ name, type }) => `['${name.replaceAll(/[\\']/g, "\\$&")}']: ${type}`);
  return `let ${table} = datatable(${columns.join(", ")}) [];\n`;
}
