import { ticksPer } from "./calendar.ts";

/** A part of a datetime that `datetime_add` and `datetime_diff` count in: so many ticks, months, or parts of a tick. */
export type Unit =
  | { readonly ticks: bigint }
  | { readonly months: bigint }
  /** How many of them are one tick. */
  | { readonly perTick: bigint };

const units: Readonly<Record<string, Unit>> = {
  year: { months: 12n },
  quarter: { months: 3n },
  month: { months: 1n },
  week: { ticks: 7n * ticksPer.day },
  day: { ticks: ticksPer.day },
  hour: { ticks: ticksPer.hour },
  minute: { ticks: ticksPer.minute },
  second: { ticks: ticksPer.second },
  millisecond: { ticks: ticksPer.millisecond },
  microsecond: { ticks: ticksPer.microsecond },
  nanosecond: { perTick: 100n },
};

/** The names of all units. */
export const unitNames: readonly string[] = Object.keys(units);

/** The unit of a name, letter case aside. */
export function unitNamed(name: string): Unit | undefined {
  const folded = name.toLowerCase();
  return Object.hasOwn(units, folded) ? units[folded] : undefined;
}
