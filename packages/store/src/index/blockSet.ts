/** Some blocks of one segment, a bit for each, the first block in the highest. */
export type BlockSet = bigint;

export const noBlocks: BlockSet = 0n;

/** A row of a term filter: `blocks` bits, from bit `at` on. */
export function fromBytes(bytes: Uint8Array, at: number, blocks: number): BlockSet {
  const behind = bytes.length * 8 - at - blocks;
  const bits = BigInt(`0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex")}`);
  return (bits >> BigInt(behind)) & ((1n << BigInt(blocks)) - 1n);
}

/** From zeros and ones, of which those behind the last block are padding. */
export function fromBits(text: string, blocks: number): BlockSet {
  return BigInt(`0b${text.slice(0, blocks)}`);
}

/** The blocks' numbers within their segment, from 0. */
export function members(set: BlockSet, blocks: number): readonly number[] {
  const bits = set.toString(2).padStart(blocks, "0");
  const found: number[] = [];
  for (let at = bits.indexOf("1"); at >= 0; at = bits.indexOf("1", at + 1)) found.push(at);
  return found;
}
