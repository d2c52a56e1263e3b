import { readFileSync } from "node:fs";

/** A process as others can recognise it: its id, and when it started. */
export interface ProcessMark {
  readonly pid: number;
  /** In the system's own terms; empty where that can't be told. */
  readonly start: string;
}

export function ownMark(): ProcessMark {
  return { pid: process.pid, start: startOf(process.pid) };
}

/** The id alone could be another process's by now, in a container above all: its start has to be the same. */
export function isAlive({ pid, start }: ProcessMark): boolean {
  return isRunning(pid) && (start === "" || start === startOf(pid));
}

function startOf(pid: number): string {
  try {
    const facts = readFileSync(`/proc/${pid}/stat`, "utf8");
    return facts.slice(facts.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

/** Whether a process of that id runs, whoever owns it. */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
