/** What to make and where; the same options give the same bytes. */
export interface EstateOptions {
  /** A folder that is new or empty. */
  readonly folder: string;
  /** Rows over all tables; 2,000,000 unless said otherwise. */
  readonly rows?: number;
  /** Devices; 500 unless said otherwise. */
  readonly devices?: number;
  /** Days before `end` that the rows cover; 30 unless said otherwise. */
  readonly days?: number;
  /** The estate's present: an ISO date and time with a zone, e.g. `2026-10-16T12:00:00Z`. No event is later. */
  readonly end: string;
  /** Any whole number from 0 to 2^32 - 1. */
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EstateProgress) => void;
}

export interface EstateProgress {
  readonly rows: number;
  readonly totalRows: number;
}

/** The options that decide the bytes, with defaults filled in. */
export interface EstateSize {
  readonly rows: number;
  readonly devices: number;
  readonly days: number;
  readonly end: string;
  readonly seed: number;
}

/** Below these there is no room for all that is planted. */
export const estateMinimum = { rows: 20_000, devices: 50, days: 15 } as const;

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** The options with defaults; a `RangeError` says which option is out of range, and the range. */
export function checkOptions(options: EstateOptions): EstateSize {
  const { rows = 2_000_000, devices = 500, days = 30, end, seed } = options;
  atLeast("rows", rows, estateMinimum.rows, 1_000_000_000);
  atLeast("devices", devices, estateMinimum.devices, 100_000);
  atLeast("days", days, estateMinimum.days, 3650);
  atLeast("seed", seed, 0, 4_294_967_295);
  if (rows < devices * 100) {
    throw new RangeError(
      `rows: ${rows} is too few for ${devices} devices; give at least ${devices * 100} (100 a device)`,
    );
  }
  if (!isoTime.test(end) || Number.isNaN(Date.parse(end))) {
    throw new RangeError(`end: ${JSON.stringify(end)} is not a time such as 2026-10-16T12:00:00Z (with a zone)`);
  }
  return { rows, devices, days, end: new Date(end).toISOString(), seed };
}

function atLeast(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value)) throw new RangeError(`${name}: ${value} is not a whole number`);
  if (value < least) throw new RangeError(`${name}: ${value} is below the minimum of ${least}`);
  if (value > most) throw new RangeError(`${name}: ${value} is above the maximum of ${most}`);
}
