import { eachHash, PROBES, probe } from "./termBytes.ts";

/** A filter starts with so many positions and is folded in half while few of them are set. */
const MOST_POSITIONS = 2 ** 20;
const FEWEST_POSITIONS = 2 ** 10;
const MOST_FILL = 0.4;

/**
 * A Bloom filter for each block of one column, turned on its side: for each position the set of blocks that have it.
 * A search reads a few short rows of it, however long the texts are.
 */
export interface TermFilter {
  readonly positions: number;
  /** `positions` rows of a bit for each block, one row right behind the other. */
  readonly bytes: Uint8Array;
}

/** One block's filter before it is turned. */
export type BlockBits = Uint8Array;

/** The filter of one block, from its values as UTF-8 with NUL between them. */
export function blockBits(values: Uint8Array): BlockBits {
  const bits = new Uint8Array(MOST_POSITIONS / 8);
  eachHash(values, (hash) => {
    for (let number = 0; number < PROBES; number++) {
      const at = probe(hash, number, MOST_POSITIONS);
      bits[at >>> 3] = (bits[at >>> 3] ?? 0) | (1 << (at & 7));
    }
  });
  return compact(bits);
}

/** Folded until another fold would set too many positions; positions are hashes modulo a power of two. */
function compact(bits: BlockBits): BlockBits {
  let folded = bits;
  while (folded.length * 8 > FEWEST_POSITIONS) {
    const half = halved(folded);
    if (setBits(half) > MOST_FILL * half.length * 8) return folded;
    folded = half;
  }
  return folded;
}

function halved(bits: BlockBits): BlockBits {
  const length = bits.length / 2;
  const half = bits.slice(0, length);
  for (let at = 0; at < length; at++) half[at] = (half[at] ?? 0) | (bits[length + at] ?? 0);
  return half;
}

function setBits(bits: BlockBits): number {
  let count = 0;
  for (let byte of bits) for (; byte !== 0; byte &= byte - 1) count++;
  return count;
}

/** Puts the blocks of a column side by side, all folded to one size that suits most of them. */
export function turned(blocks: readonly BlockBits[]): TermFilter {
  const sizes = blocks.map((bits) => bits.length).sort((a, b) => a - b);
  const length = sizes[Math.ceil((sizes.length - 1) * 0.9)] ?? FEWEST_POSITIONS / 8;
  const bytes = new Uint8Array(length * blocks.length);
  for (const [block, bits] of blocks.entries()) {
    const fitted = fit(bits, length);
    for (let at = 0; at < fitted.length; at++) {
      for (let byte = fitted[at] ?? 0; byte !== 0; byte &= byte - 1) {
        const bit = (at * 8 + 31 - Math.clz32(byte & -byte)) * blocks.length + block;
        const place = Math.floor(bit / 8);
        bytes[place] = (bytes[place] ?? 0) | (0x80 >>> (bit % 8));
      }
    }
  }
  return { positions: length * 8, bytes };
}

/** Smaller filters are repeated, larger ones folded: a hash's positions stay set either way. */
function fit(bits: BlockBits, length: number): BlockBits {
  let fitted = bits;
  while (fitted.length > length) fitted = halved(fitted);
  if (fitted.length === length) return fitted;
  const repeated = new Uint8Array(length);
  for (let at = 0; at < length; at += fitted.length) repeated.set(fitted, at);
  return repeated;
}
