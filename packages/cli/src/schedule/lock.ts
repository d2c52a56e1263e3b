import { open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../exit.ts";

/** Makes this process the only schedule of a store until the answer is called; one that a dead process left is taken over. */
export async function lockSchedule(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, "schedule.lock");
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = await open(file, "wx");
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    const owner = Number(await readFile(file, "utf8").catch(() => ""));
    if (owner > 0 && owner !== process.pid && isRunning(owner))
      throw new UsageError(`the process ${owner} runs the schedule of ${folder} already; two would alert twice`);
    await rm(file, { force: true });
  }
  throw new UsageError(`${file} can't be taken; remove it if no other schedule runs`);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
