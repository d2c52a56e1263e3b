/** What the store holds of a table. */
export interface TableCoverage {
  readonly name: string;
  readonly rows: number;
  /** Ticks of the first and the last event; null where rows have no time. */
  readonly firstEvent: bigint | null;
  readonly lastEvent: bigint | null;
}

/** How far an answer can be trusted to have looked at all. */
export type Verdict = "runs" | "partly" | "can't";

export interface Coverage {
  readonly verdict: Verdict;
  readonly searched: readonly TableCoverage[];
  /** Tables that the rule reads and that hold no rows here. */
  readonly missing: readonly string[];
}

/** Whether the tables that a rule reads are there. A rule that reads no table looks at nothing of ours and always runs. */
export function coverageOf(tables: readonly string[], stored: ReadonlyMap<string, TableCoverage>): Coverage {
  const searched: TableCoverage[] = [];
  const missing: string[] = [];
  for (const name of tables) {
    const table = stored.get(name);
    if (table === undefined || table.rows === 0) missing.push(name);
    else searched.push(table);
  }
  const verdict = missing.length === 0 ? "runs" : searched.length === 0 ? "can't" : "partly";
  return { verdict, searched, missing };
}
