import { fileURLToPath } from "node:url";

/** A file or folder of the content that we ship. */
export function shipped(path: string): string {
  return fileURLToPath(new URL(`../../../../content/${path}`, import.meta.url));
}
