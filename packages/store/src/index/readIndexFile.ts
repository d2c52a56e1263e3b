import { closeSync, openSync, readSync } from "node:fs";
import { type IndexHeader, LENGTH_BYTES } from "./indexFile.ts";

/** An index file, open for as long as `work` reads it. */
export function withIndexFile<T>(path: string, work: (read: (at: number, length: number) => Uint8Array) => T): T {
  const file = openSync(path, "r");
  try {
    return work((at, length) => {
      const bytes = new Uint8Array(length);
      if (readSync(file, bytes, 0, length, at) < length) throw new Error(`${path} ends too early`);
      return bytes;
    });
  } finally {
    closeSync(file);
  }
}

/** The header, and where the filters begin; undefined for a version that this Goshawk doesn't know. */
export function readHeader(path: string): { readonly header: IndexHeader; readonly start: number } | undefined {
  return withIndexFile(path, (read) => {
    const length = Buffer.from(read(0, LENGTH_BYTES)).readUInt32LE();
    const header = JSON.parse(Buffer.from(read(LENGTH_BYTES, length)).toString("utf8")) as IndexHeader;
    return header.version === 1 ? { header, start: LENGTH_BYTES + length } : undefined;
  });
}
