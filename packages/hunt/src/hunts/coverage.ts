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
  /** Tables that hold rows, but none as late as the rule looks back. */
  readonly tooOld: readonly TableCoverage[];
}

/**
 * Whether the tables that a rule reads are there, with rows in its window (`earliest`, in ticks, where it sets one).
 * A rule that reads no table looks at nothing of ours and always runs.
 */
export function coverageOf(
  tables: readonly string[],
  stored: ReadonlyMap<string, TableCoverage>,
  earliest?: bigint,
): Coverage {
  const [searched, tooOld, missing]: [TableCoverage[], TableCoverage[], string[]] = [[], [], []];
  for (const name of tables) {
    const table = stored.get(name);
    if (table === undefined || table.rows === 0) missing.push(name);
    else if (earliest !== undefined && table.lastEvent !== null && table.lastEvent < earliest) tooOld.push(table);
    else searched.push(table);
  }
  const lacking = missing.length + tooOld.length;
  const verdict = lacking === 0 ? "runs" : searched.length === 0 ? "can't" : "partly";
  return { verdict, searched, missing, tooOld };
}
