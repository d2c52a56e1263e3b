import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../../../../shared/", import.meta.url));

/** The reference data beside the repository, absent on most machines. */
export const hasShared: boolean = existsSync(folder);

if (!hasShared) console.log("estate: no ../shared beside the repository, tests against it are skipped");

export function readShared<T>(path: string): T {
  return JSON.parse(readFileSync(`${folder}${path}`, "utf8")) as T;
}

export function readSharedText(path: string): string {
  return readFileSync(`${folder}${path}`, "utf8");
}
