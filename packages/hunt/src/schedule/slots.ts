import { createHash } from "node:crypto";

const MINUTE = 600_000_000n;
const MOST_JITTER = 5n * MINUTE;

/** How far a rule's moments are moved, so that not all rules run at the full hour: the same each time, at most five minutes. */
export function jitterOf(ruleId: string, every: bigint): bigint {
  const most = every / 10n < MOST_JITTER ? every / 10n : MOST_JITTER;
  const hash = createHash("sha256").update(`schedule ${ruleId}`).digest().readBigUInt64BE(0);
  return most === 0n ? 0n : hash % most;
}

/** The moments of a rule that are due: whole multiples of `every`, moved by its jitter. */
export interface DueSlots {
  /** Oldest first. */
  readonly slots: readonly bigint[];
  /** Moments that were missed and are too many to be caught up with. */
  readonly skipped: number;
}

/** What is due at `now` after the slot `last`; a rule that has never run is due once, for the moment just past. */
export function dueSlots(
  { id, every }: { readonly id: string; readonly every: bigint },
  last: bigint | undefined,
  now: bigint,
  most: number,
): DueSlots {
  const offset = jitterOf(id, every);
  const latest = now - ((now - offset) % every);
  if (last === undefined) return { slots: [latest], skipped: 0 };
  const missed = last >= latest ? 0 : Number((latest - last + every - 1n) / every);
  const count = Math.min(missed, most);
  return {
    slots: Array.from({ length: count }, (_, index) => latest - BigInt(count - 1 - index) * every),
    skipped: missed - count,
  };
}

/** When the rule's next moment comes. */
export function nextSlot({ id, every }: { readonly id: string; readonly every: bigint }, now: bigint): bigint {
  const offset = jitterOf(id, every);
  return now - ((now - offset) % every) + every;
}
