import { dateOf, ticksPer } from "./calendar.ts";

/** Kusto's text of a datetime: `2020-01-31T23:59:59.1234567Z`. */
export function formatDatetime(ticks: bigint): string {
  const { year, month, day } = dateOf(Number(ticks / ticksPer.day));
  const clock = ticks % ticksPer.day;
  const two = (of: number | bigint): string => String(of).padStart(2, "0");
  const date = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
  const time = [clock / ticksPer.hour, (clock / ticksPer.minute) % 60n, (clock / ticksPer.second) % 60n].map(two);
  return `${date}T${time.join(":")}.${String(clock % ticksPer.second).padStart(7, "0")}Z`;
}
