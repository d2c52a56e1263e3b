import { nameReferences } from "@goshawk/kql";
import type { Rule } from "../rules/rule.ts";

/** Those of the tables that a rule reads which its text does not name: it reaches them by a wildcard or a function. */
export function unnamedTables({ query }: Pick<Rule, "query">, tables: readonly string[]): readonly string[] {
  return tables.filter((table) => nameReferences(query, table).length === 0);
}
