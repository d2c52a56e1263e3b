import { ticksPer, UNIX_EPOCH_TICKS } from "./calendar.ts";
import { inRange } from "./periods.ts";
import { timeZoneNames } from "./timeZoneNames.ts";

const known: ReadonlySet<string> = new Set(timeZoneNames);

/** Whether Kusto knows a time zone by this name. */
export function isTimeZone(name: string): boolean {
  return known.has(name);
}

const MINUTE_MS = 60_000;
/** Clocks change on quarters of an hour of UTC wherever Kusto's zones are in use today. */
const SLOT_MS = 15 * MINUTE_MS;
const REMEMBERED = 8192;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** Offsets by quarter of an hour. */
  readonly offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();

function zoneNamed(name: string): Zone | undefined {
  if (!isTimeZone(name)) return undefined;
  const found = zones.get(name);
  if (found !== undefined) return found;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const made = { format, offsets: new Map<number, number>() };
  zones.set(name, made);
  return made;
}

/** Milliseconds that the zone's clocks are before UTC at a moment. */
function offsetAt(zone: Zone, utc: number): number {
  const slot = Math.floor(utc / SLOT_MS);
  const found = zone.offsets.get(slot);
  if (found !== undefined) return found;
  if (zone.offsets.size >= REMEMBERED) zone.offsets.clear();
  const made = clockAt(zone.format, slot * SLOT_MS) - slot * SLOT_MS;
  zone.offsets.set(slot, made);
  return made;
}

/** What a clock in the zone shows, as if that were UTC. */
function clockAt(format: Intl.DateTimeFormat, utc: number): number {
  const shown = new Map(format.formatToParts(utc).map((part) => [part.type, part.value]));
  const number = (part: Intl.DateTimeFormatPartTypes): number => Number(shown.get(part) ?? 0);
  const year = shown.get("era") === "BC" ? 1 - number("year") : number("year");
  const time = new Date(0);
  time.setUTCFullYear(year, number("month") - 1, number("day"));
  time.setUTCHours(number("hour"), number("minute"), number("second"));
  return time.getTime();
}

const toMs = (ticks: bigint): number => Number((ticks - UNIX_EPOCH_TICKS - rest(ticks)) / ticksPer.millisecond);
const rest = (ticks: bigint): bigint => ticks % ticksPer.millisecond;
const shifted = (ticks: bigint, ms: number): bigint | undefined => inRange(ticks + BigInt(ms) * ticksPer.millisecond);

/** A UTC datetime as the zone's clocks show it; undefined for unknown zones. */
export function utcToLocal(ticks: bigint, name: string): bigint | undefined {
  const zone = zoneNamed(name);
  return zone === undefined ? undefined : shifted(ticks, offsetAt(zone, toMs(ticks)));
}

const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * The UTC datetime at which the zone's clocks show a time: the first of two where clocks were set back; where they
 * were set forward over it, the time is read with the offset after the change.
 */
export function localToUtc(ticks: bigint, name: string): bigint | undefined {
  const zone = zoneNamed(name);
  if (zone === undefined) return undefined;
  const local = toMs(ticks);
  const [before, after] = [offsetAt(zone, local - DAY_MS), offsetAt(zone, local + DAY_MS)];
  const offset = offsetAt(zone, local - before) === before ? before : after;
  return shifted(ticks, -offset);
}
