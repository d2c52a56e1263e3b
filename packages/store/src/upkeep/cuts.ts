import type { DuckDBConnection } from "@goshawk/engine/database";

/** Rows by their event time, in ticks: from the first to before the last; `untimed` takes in those without one. */
export interface TimeRange {
  readonly from: bigint | undefined;
  readonly to: bigint | undefined;
  readonly untimed: boolean;
}

export const everything: TimeRange = { from: undefined, to: undefined, untimed: true };

const TICKS_PER_DAY = 864_000_000_000n;

/** A condition on the SQL of a time that is true for the rows of a range. */
export function rangeSql(time: string, { from, to, untimed }: TimeRange): string {
  const bounds = [
    ...(from === undefined ? [] : [`${time} >= ${from}`]),
    ...(to === undefined ? [] : [`${time} < ${to}`]),
  ];
  const within = bounds.length === 0 ? `${time} is not null` : bounds.join(" and ");
  return untimed ? `(${time} is null or (${within}))` : `(${within})`;
}

/**
 * Where to cut rows into segments of whole days, half the usual size at least and about the usual size at most. A day of
 * more rows is cut in parts of one size.
 */
export async function cutByDay(
  rows: string,
  time: string,
  usual: number,
  connection: DuckDBConnection,
): Promise<readonly TimeRange[]> {
  const reader = await connection.runAndReadAll(
    `select ${time} // ${TICKS_PER_DAY} as day, count(*) from (${rows}) where ${time} is not null group by day order by day`,
  );
  const days = reader.getRows().map(([day, count]) => ({ day: BigInt(String(day)), rows: Number(count) }));
  const spans = wholeDays(days, usual);
  const cuts: bigint[] = [];
  for (const [index, span] of spans.entries()) {
    const [start, end] = [span.day * TICKS_PER_DAY, (spans[index + 1]?.day ?? span.day) * TICKS_PER_DAY];
    if (index > 0) cuts.push(start);
    const parts = Math.ceil(span.rows / (1.5 * usual));
    if (parts > 1)
      cuts.push(...(await quantiles(rows, time, parts, start, index + 1 < spans.length ? end : undefined, connection)));
  }
  const unique = [...new Set(cuts)];
  return [undefined, ...unique].map((from, index) => ({
    from,
    to: unique[index],
    untimed: index === unique.length,
  }));
}

interface Days {
  /** The first of them. */
  readonly day: bigint;
  readonly rows: number;
}

/** Days together until they are half the usual size; a rest joins those before. */
export function wholeDays(days: readonly Days[], usual: number): readonly Days[] {
  const spans: { day: bigint; rows: number }[] = [];
  for (const { day, rows } of days) {
    const last = spans.at(-1);
    if (last === undefined || last.rows >= usual / 2) spans.push({ day, rows });
    else last.rows += rows;
  }
  const [before, rest] = spans.slice(-2);
  if (before === undefined || rest === undefined || rest.rows >= usual / 2) return spans;
  return [...spans.slice(0, -2), { day: before.day, rows: before.rows + rest.rows }];
}

async function quantiles(
  rows: string,
  time: string,
  parts: number,
  from: bigint,
  to: bigint | undefined,
  connection: DuckDBConnection,
): Promise<readonly bigint[]> {
  const shares = Array.from({ length: parts - 1 }, (_, index) => (index + 1) / parts);
  const range = rangeSql(time, { from, to, untimed: false });
  const reader = await connection.runAndReadAll(
    `select unnest(quantile_disc(${time}, [${shares.join(", ")}])) from (${rows}) where ${range}`,
  );
  return reader
    .getRows()
    .map(([cut]) => BigInt(String(cut)))
    .filter((cut) => cut > from);
}
