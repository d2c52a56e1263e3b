import { existsSync } from "node:fs";
import type { IndexHeader } from "./indexFile.ts";
import { dictionarySuffix, indexSuffix } from "./indexFile.ts";
import { readHeader } from "./readIndexFile.ts";

/** The index of one segment, opened. */
export interface OpenIndex {
  readonly path: string;
  readonly header: IndexHeader;
  /** Where the filters begin in the file. */
  readonly start: number;
  readonly dictionary: string | undefined;
}

/** Opens the index among the files beside a segment; undefined where there is none that this Goshawk can read. */
export function openIndex(beside: readonly string[]): OpenIndex | undefined {
  const path = beside.find((file) => file.endsWith(indexSuffix));
  if (path === undefined || !existsSync(path)) return undefined;
  const dictionary = beside.find((file) => file.endsWith(dictionarySuffix) && existsSync(file));
  try {
    const found = readHeader(path);
    return found === undefined ? undefined : { path, ...found, dictionary };
  } catch {
    // A damaged index costs time, never an answer; `store verify` names it.
    return undefined;
  }
}
