import { quoteIdentifier } from "@goshawk/kql/values";

/** The two columns of an event's one time, by their physical names. */
export type TimePair = readonly [string, string];

/** SQL of the same rows, where a time that one column of the pair lacks is the other's. */
export function eitherTime(rows: string, pair: TimePair | undefined): string {
  if (pair === undefined) return rows;
  const [a, b] = pair.map(quoteIdentifier);
  return `select * replace (coalesce(${a}, ${b}) as ${a}, coalesce(${b}, ${a}) as ${b}) from (${rows})`;
}
