import { parseDatetime, UNIX_EPOCH_TICKS } from "@goshawk/kql/values";
import { UsageError } from "./exit.ts";

/** `--now`: a datetime, `latest`, or the clock. */
export function nowOption(text: string | undefined): bigint | "latest" {
  if (text === undefined) return clock();
  if (text === "latest") return "latest";
  return timeOption("--now", text, ", or latest");
}

/** An option that is a datetime. */
export function timeOption(option: string, text: string, more = ""): bigint {
  const ticks = parseDatetime(text);
  if (ticks === undefined)
    throw new UsageError(`${option} '${text}' is no datetime; expected one such as 2026-10-31T00:00:00Z${more}`);
  return ticks;
}

/** The time of this machine, in ticks. */
export function clock(): bigint {
  return BigInt(Date.now()) * 10_000n + UNIX_EPOCH_TICKS;
}
