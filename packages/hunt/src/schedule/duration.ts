import { parseTimespan } from "@goshawk/kql";

const DAY = 864_000_000_000n;
const units: Readonly<Record<string, bigint>> = { W: 7n * DAY, D: DAY, H: DAY / 24n, M: DAY / 1440n, S: DAY / 86_400n };

/** Ticks of a duration as rules write it: `PT5M` of ISO 8601, or Kusto's `5m` and `1.00:00:00`; undefined for what is none. */
export function durationTicks(text: string): bigint | undefined {
  if (!/^P/i.test(text)) return positive(parseTimespan(text.replaceAll(" ", "").toLowerCase()));
  const [, days = "", times = ""] = /^P([^T]*)(?:T(.+))?$/i.exec(text) ?? [];
  const parts = [...days.matchAll(/(\d+)([WD])/gi), ...times.matchAll(/(\d+)([HMS])/gi)];
  const read = parts.map(([whole]) => whole).join("").length;
  if (read === 0 || read !== days.length + times.length) return undefined;
  return positive(
    parts.reduce((sum, [, count = "0", unit = ""]) => sum + BigInt(count) * (units[unit.toUpperCase()] ?? 0n), 0n),
  );
}

function positive(ticks: bigint | undefined): bigint | undefined {
  return ticks !== undefined && ticks > 0n ? ticks : undefined;
}
