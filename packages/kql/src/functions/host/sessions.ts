import { type HostFunction, hostFunction } from "./define.ts";

/**
 * The start of each value's session, from ticks in an array. A session ends where a value lies as far from its start
 * as `fromFirst`, or as far from the value before as `between`, and after a null.
 */
export const sessions: readonly HostFunction[] = [
  hostFunction("goshawk_session_starts", ["VARCHAR", "BIGINT", "BIGINT"], "VARCHAR", (list, fromFirst, between) => {
    const values = String(list).slice(1, -1).split(",");
    const [longest, gap] = [BigInt(fromFirst ?? 0), BigInt(between ?? 0)];
    let start: bigint | undefined;
    let before: bigint | undefined;
    const starts = values.map((text) => {
      const value = /^-?\d+$/.test(text.trim()) ? BigInt(text) : undefined;
      const opens = start === undefined || before === undefined;
      if (value === undefined) start = undefined;
      else if (opens || value >= (start ?? 0n) + longest || value >= (before ?? 0n) + gap) start = value;
      before = value;
      return start === undefined ? "null" : String(start);
    });
    return `[${starts.join(",")}]`;
  }),
];
