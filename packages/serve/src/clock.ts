import { UNIX_EPOCH_TICKS } from "@goshawk/kql";

/** The time of this machine, in ticks. */
export function clock(): bigint {
  return BigInt(Date.now()) * 10_000n + UNIX_EPOCH_TICKS;
}
