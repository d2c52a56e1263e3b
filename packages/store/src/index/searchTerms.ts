import { type BlockSet, fromBytes, noBlocks } from "./blockSet.ts";
import type { OpenIndex } from "./openIndexes.ts";
import { withIndexFile } from "./readIndexFile.ts";
import { PROBES, probe } from "./termBytes.ts";
import type { TermNeeds } from "./termNeeds.ts";

/** Above so many short reads it is cheaper to read a column's filter whole. */
const MOST_READS = 2000;

type ReadBytes = (at: number, length: number) => Uint8Array;

/** The blocks of a segment that may hold what is needed; undefined where the column has no filter. */
export function searchTerms(index: OpenIndex, column: string, needs: TermNeeds): BlockSet | undefined {
  const filter = index.header.columns.find((item) => item.kind === "terms" && item.column === column);
  if (filter?.kind !== "terms") return undefined;
  const { blocks } = index.header;
  const start = index.start + filter.offset;
  return withIndexFile(index.path, (read) => {
    const reads = needs.reduce((sum, hashes) => sum + hashes.length * PROBES, 0);
    const whole = reads > MOST_READS ? read(start, Math.ceil((filter.positions * blocks) / 8)) : undefined;
    const bytes: ReadBytes = (at, length) => whole?.subarray(at, at + length) ?? read(start + at, length);
    const row = (position: number): BlockSet => rowAt(position * blocks, blocks, bytes);
    return needs.reduce((found, hashes) => found | holdingAll(hashes, filter.positions, row), noBlocks);
  });
}

function rowAt(bit: number, blocks: number, bytes: ReadBytes): BlockSet {
  const first = Math.floor(bit / 8);
  const end = Math.ceil((bit + blocks) / 8);
  return fromBytes(bytes(first, end - first), bit - first * 8, blocks);
}

function holdingAll(hashes: readonly number[], positions: number, row: (position: number) => BlockSet): BlockSet {
  let found: BlockSet | undefined;
  for (const hash of hashes) {
    for (let number = 0; number < PROBES; number++) {
      const here = row(probe(hash, number, positions));
      found = found === undefined ? here : found & here;
      if (found === noBlocks) return found;
    }
  }
  return found ?? noBlocks;
}
