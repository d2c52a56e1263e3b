import { type NeededRows, type TimeRange, timeRange } from "@goshawk/kql";

/** Rows of files that somebody else wrote, in the stored form that queries expect. */
export interface ForeignRows {
  /** SQL of all rows, its columns by their physical names, to which a condition on the files' own columns can be added. */
  readonly select: string;
  readonly times: readonly ForeignTime[];
}

/** A datetime column, and what the files have for it. */
export interface ForeignTime {
  readonly physical: string;
  /** SQL of the files' own column. */
  readonly native: string;
  readonly type: "date" | "timestamp" | "timestamptz" | "timestamp_ns";
}

/** How queries call the columns of the rows. */
type Columns = readonly { readonly name: string; readonly physical: string }[];

/**
 * SQL of the rows that a read may need. The bounds on its times are converted to what the files count, not the columns
 * to ticks, because only then whole row groups are passed over; the query's own filters still test exactly.
 */
export function foreignSql(rows: ForeignRows, columns: Columns, needed: NeededRows): string {
  const conditions = rows.times.flatMap((time) => {
    const names = new Set(columns.flatMap(({ name, physical }) => (physical === time.physical ? [name] : [])));
    const { from, to } = rangeOf(needed, names);
    return boundSql(time, from, to);
  });
  return conditions.length === 0 ? rows.select : `${rows.select} where ${conditions.join(" and ")}`;
}

/** The span of time that holds every row which one of the alternatives needs. */
function rangeOf({ read, anyOf }: NeededRows, names: ReadonlySet<string>): TimeRange {
  const ids = new Set(read.columns.flatMap((column) => (names.has(column.name) ? [column.id] : [])));
  const ranges = anyOf.map((conditions) => timeRange(conditions, (id) => ids.has(id)));
  const from = ends(ranges.map((range) => range.from)).at(0);
  const to = ends(ranges.map((range) => range.to)).at(-1);
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** In order; none where one of them is open. */
function ends(of: readonly (bigint | undefined)[]): readonly bigint[] {
  const known = of.filter((end) => end !== undefined);
  return known.length < of.length ? [] : known.sort((a, b) => (a < b ? -1 : 1));
}

function boundSql({ native, type }: ForeignTime, from: bigint | undefined, to: bigint | undefined): readonly string[] {
  const first = from === undefined ? undefined : constantSql(type, from, 0n);
  const last = to === undefined ? undefined : constantSql(type, to, 1n);
  return [
    ...(first === undefined ? [] : [`${native} >= ${first}`]),
    ...(last === undefined ? [] : [`${native} <= ${last}`]),
  ];
}

const TICKS_TO_1970 = 621_355_968_000_000_000n;
const LAST_TICKS = 3_155_378_975_999_999_999n;
/** Ticks that a timestamp of nanoseconds reaches from and to. */
const NANOSECONDS: readonly [bigint, bigint] = [529_122_240_000_000_000n, 713_589_696_000_000_000n];

/** The time itself, or up to `more` microseconds later where ticks fall between; undefined where the type can't say it. */
function constantSql(type: ForeignTime["type"], ticks: bigint, more: bigint): string | undefined {
  if (ticks < 0n || ticks > LAST_TICKS) return undefined;
  if (type === "timestamp_ns") {
    const [from, to] = NANOSECONDS;
    // A tick is a hundred nanoseconds, whose last two digits no datetime holds.
    return ticks < from || ticks > to ? undefined : `make_timestamp_ns(${(ticks - TICKS_TO_1970) * 100n + more * 99n})`;
  }
  const time = `make_timestamp(${ticks / 10n - TICKS_TO_1970 / 10n + more})`;
  return type === "timestamp" ? time : `cast(${time} as ${type})`;
}
