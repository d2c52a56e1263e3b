import { join } from "node:path";
import { takeLock } from "@goshawk/store";
import { UsageError } from "../exit.ts";

/** Makes this process the only schedule of a store until the answer is called; one that a dead process left is taken over. */
export async function lockSchedule(folder: string): Promise<() => Promise<void>> {
  const lock = await takeLock(join(folder, "schedule.lock"));
  if ("holder" in lock)
    throw new UsageError(`the process ${lock.holder} runs the schedule of ${folder} already; two would alert twice`);
  return () => lock.release();
}
