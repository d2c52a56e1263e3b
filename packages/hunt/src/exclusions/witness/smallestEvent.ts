import type { SampleRow } from "../exclusion.ts";

const MOST_TRIES = 60;

/**
 * One of the rows that makes a rule fire alone, with no cell that it needs not; undefined where none does so.
 * `fires` is asked at most a few dozen times.
 */
export async function smallestEvent(
  rows: readonly SampleRow[],
  fires: (rows: readonly SampleRow[]) => Promise<boolean>,
): Promise<{ readonly whole: SampleRow; readonly smallest: SampleRow } | undefined> {
  let tries = 0;
  const ask = async (some: readonly SampleRow[]): Promise<boolean> => tries++ < MOST_TRIES && (await fires(some));
  const whole = await single(rows, ask);
  if (whole === undefined) return undefined;
  return { whole, smallest: await withoutNeedless(whole, (row) => ask([row])) };
}

/** Halves that still fire, down to one row. */
async function single(
  rows: readonly SampleRow[],
  fires: (rows: readonly SampleRow[]) => Promise<boolean>,
): Promise<SampleRow | undefined> {
  let left = rows;
  if (left.length === 0 || !(await fires(left))) return undefined;
  while (left.length > 1) {
    const middle = Math.ceil(left.length / 2);
    const halves = [left.slice(0, middle), left.slice(middle)];
    const half = (await fires(halves[0] ?? [])) ? halves[0] : (await fires(halves[1] ?? [])) ? halves[1] : undefined;
    if (half === undefined) return undefined;
    left = half;
  }
  return left[0];
}

/** Takes cells away, many at a time at first, as long as the row still fires. */
async function withoutNeedless(row: SampleRow, fires: (row: SampleRow) => Promise<boolean>): Promise<SampleRow> {
  let kept = row;
  for (let size = Math.ceil(Object.keys(kept).length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    const names = Object.keys(kept);
    for (let from = 0; from < names.length; from += size) {
      const gone = new Set(names.slice(from, from + size));
      const smaller = Object.fromEntries(Object.entries(kept).filter(([name]) => !gone.has(name)));
      if (await fires(smaller)) kept = smaller;
    }
  }
  return kept;
}
