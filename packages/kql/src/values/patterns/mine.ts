/** Equal rows as one: how often each group of rows has them, and the number of the item that each column holds. */
export interface CountedRow {
  readonly counts: readonly number[];
  /** No item: -1. */
  readonly items: readonly number[];
}

/** Items that rows have in common: at most one a column, -1 where rows may differ. */
export interface Pattern {
  readonly items: readonly number[];
  readonly counts: readonly number[];
  /** The rows that have all of the items, by number. */
  readonly rows: readonly number[];
}

export interface MiningLimits {
  /** Whether patterns that so many rows have are wanted; patterns of fewer rows are then wanted no more. */
  readonly isFrequent: (counts: readonly number[]) => boolean;
  /** How many items may tell a pattern; items that always come with them do not count. */
  readonly mostItems: number;
  /** Visits of cells after which the search is given up. */
  readonly mostWork?: number;
}

const MOST_WORK = 200_000_000;

/**
 * All frequent patterns, each with every item that its rows share: what always comes along is part of the pattern, as
 * Kusto's `basket` has it. Undefined where they are too many to be found.
 */
export function minePatterns(rows: readonly CountedRow[], limits: MiningLimits): readonly Pattern[] | undefined {
  const columns = rows[0]?.items.length ?? 0;
  const groups = rows[0]?.counts.length ?? 1;
  const { mostWork = MOST_WORK } = limits;
  const found = new Map<string, Pattern>();
  let work = 0;
  const closed = (numbers: readonly number[]): Pattern => {
    work += numbers.length * columns;
    return patternOf(rows, numbers, columns, groups);
  };
  let front = [closed(rows.map((_, index) => index))];
  const [all] = front;
  if (all !== undefined && limits.isFrequent(all.counts) && all.items.some((item) => item >= 0))
    found.set(all.items.join(), all);
  for (let level = 0; level < limits.mostItems && front.length > 0; level++) {
    const next: Pattern[] = [];
    for (const pattern of front) {
      work += pattern.rows.length * columns;
      for (const numbers of narrowed(rows, pattern, limits.isFrequent, groups)) {
        if (work > mostWork) return undefined;
        const made = closed(numbers);
        const key = made.items.join();
        if (found.has(key)) continue;
        found.set(key, made);
        next.push(made);
      }
    }
    front = next;
  }
  return [...found.values()];
}

/** The rows of a pattern that hold one item more, for each item for which they are frequent. */
function narrowed(
  rows: readonly CountedRow[],
  pattern: Pattern,
  isFrequent: MiningLimits["isFrequent"],
  groups: number,
): readonly (readonly number[])[] {
  return pattern.items.flatMap((fixed, column) => {
    if (fixed >= 0) return [];
    const holding = new Map<number, { readonly numbers: number[]; readonly counts: number[] }>();
    for (const number of pattern.rows) {
      const row = rows[number];
      const item = row?.items[column] ?? -1;
      if (row === undefined || item < 0) continue;
      const held = holding.get(item) ?? { numbers: [], counts: Array.from({ length: groups }, () => 0) };
      held.numbers.push(number);
      addCounts(held.counts, row.counts);
      holding.set(item, held);
    }
    return [...holding.values()].filter(({ counts }) => isFrequent(counts)).map(({ numbers }) => numbers);
  });
}

function addCounts(total: number[], more: readonly number[]): void {
  more.forEach((count, group) => {
    total[group] = (total[group] ?? 0) + count;
  });
}

function patternOf(rows: readonly CountedRow[], numbers: readonly number[], columns: number, groups: number): Pattern {
  const counts = Array.from({ length: groups }, () => 0);
  const first = rows[numbers[0] ?? -1];
  const items = Array.from({ length: columns }, (_, column) => first?.items[column] ?? -1);
  for (const number of numbers) {
    const row = rows[number];
    if (row === undefined) continue;
    addCounts(counts, row.counts);
    for (let column = 0; column < columns; column++) if (row.items[column] !== items[column]) items[column] = -1;
  }
  return { items, counts, rows: numbers };
}
