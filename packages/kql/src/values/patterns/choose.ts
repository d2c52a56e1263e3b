import type { CountedRow, Pattern } from "./mine.ts";

const fixed = (pattern: Pattern): number => pattern.items.filter((item) => item >= 0).length;
const [first, second] = [({ counts: [a = 0] }: Pattern) => a, ({ counts: [, b = 0] }: Pattern) => b];

/** The largest first. */
export function bySize(patterns: readonly Pattern[]): readonly Pattern[] {
  return [...patterns].sort((a, b) => first(b) - first(a) || fixed(b) - fixed(a));
}

/** Rows that no pattern covers, as a part of all, below which no further pattern is taken. */
const LEAST_UNCOVERED = 0.05;

/**
 * Few patterns, each the best over the rows that none before it covers: the mean of how many those are and how much the
 * pattern tells of them, weighed by `sizeWeight`.
 */
export function clusters(
  patterns: readonly Pattern[],
  rows: readonly CountedRow[],
  sizeWeight: number,
): readonly Pattern[] {
  const total = rows.reduce((sum, { counts: [count = 0] }) => sum + count, 0);
  const covered = new Set<number>();
  const uncovered = (pattern: Pattern): number =>
    pattern.rows.reduce((sum, number) => sum + (covered.has(number) ? 0 : (rows[number]?.counts[0] ?? 0)), 0) / total;
  const chosen: Pattern[] = [];
  for (;;) {
    const scored = patterns.map((pattern) => {
      const part = uncovered(pattern);
      const told = fixed(pattern) / pattern.items.length;
      return { pattern, part, score: part ** sizeWeight * told ** (1 - sizeWeight) };
    });
    const [best] = scored.filter(({ part }) => part >= LEAST_UNCOVERED).sort((a, b) => b.score - a.score);
    if (best === undefined) return chosen;
    chosen.push(best.pattern);
    for (const number of best.pattern.rows) covered.add(number);
  }
}

/**
 * Patterns that the two groups have unlike often, by at least a part of each group; the most unlike first. A pattern that
 * only adds to one before it, or takes away from it, is left out.
 */
export function differences(
  patterns: readonly Pattern[],
  totals: readonly [number, number],
  least: number,
): readonly Pattern[] {
  const apart = (pattern: Pattern): number => Math.abs(first(pattern) / totals[0] - second(pattern) / totals[1]);
  const chosen: Pattern[] = [];
  for (const pattern of [...patterns].sort((a, b) => apart(b) - apart(a) || fixed(a) - fixed(b))) {
    if (!(apart(pattern) >= least)) break;
    if (!chosen.some((other) => holds(other, pattern) || holds(pattern, other))) chosen.push(pattern);
  }
  return chosen;
}

/** Whether one has all items of another. */
function holds(one: Pattern, other: Pattern): boolean {
  return other.items.every((item, column) => item < 0 || one.items[column] === item);
}
