/** `1 finding`, `2 findings` */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/** A datetime text to the minute: `2026-10-31 12:00`. */
export function minute(time: string | null | undefined): string {
  return time === null || time === undefined ? "" : time.slice(0, 16).replace("T", " ");
}

export function day(time: string | null): string {
  return time === null ? "" : time.slice(0, 10);
}

/** Whole days that a span touches, both ends included. */
export function daysBetween(first: string | null, last: string | null): number | undefined {
  if (first === null || last === null) return undefined;
  const [from, to] = [Date.parse(day(first)), Date.parse(day(last))];
  return Number.isNaN(from) || Number.isNaN(to) ? undefined : Math.round((to - from) / 86_400_000) + 1;
}
