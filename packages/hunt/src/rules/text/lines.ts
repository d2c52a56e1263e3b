import type { Position } from "@goshawk/kql";

/** The offsets at which the lines of a text begin; CR LF, LF and CR each end a line. */
export function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (const end of text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
  return starts;
}

/** One-based line and column of an offset, given the line starts of the text. */
export function placeIn(lineStarts: readonly number[], offset: number): Position {
  const line = lastAtOrBefore(lineStarts, offset, (start) => start);
  return { line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
}

/** Index of the last item whose key is at or before `wanted`, at least 0; the items ascend. */
export function lastAtOrBefore<T>(items: readonly T[], wanted: number, keyOf: (item: T) => number): number {
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const item = items[middle];
    if (item !== undefined && keyOf(item) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
