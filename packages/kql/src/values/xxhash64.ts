const MASK = 0xffffffffffffffffn;
const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;

/** XXH64 of bytes, seed 0, as an unsigned number. */
export function xxhash64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const striped = bytes.length - (bytes.length % 32);
  let hash = striped === 0 ? P5 : stripes(view, striped);
  hash = (hash + BigInt(bytes.length)) & MASK;
  let at = striped;
  for (; at + 8 <= bytes.length; at += 8)
    hash = (rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n) * P1 + P4) & MASK;
  for (; at + 4 <= bytes.length; at += 4)
    hash = (rotate(hash ^ ((BigInt(view.getUint32(at, true)) * P1) & MASK), 23n) * P2 + P3) & MASK;
  for (; at < bytes.length; at++) hash = (rotate(hash ^ ((BigInt(view.getUint8(at)) * P5) & MASK), 11n) * P1) & MASK;
  return avalanche(hash);
}

/** Whole stripes of 32 bytes, in four lanes. */
function stripes(view: DataView, end: number): bigint {
  let lanes: readonly bigint[] = [(P1 + P2) & MASK, P2, 0n, (MASK + 1n - P1) & MASK];
  for (let at = 0; at < end; at += 32)
    lanes = lanes.map((lane, index) => round(lane, view.getBigUint64(at + index * 8, true)));
  const shifts = [1n, 7n, 12n, 18n];
  const sum = lanes.reduce((total, lane, index) => total + rotate(lane, shifts[index] ?? 0n), 0n) & MASK;
  return lanes.reduce((hash, lane) => ((hash ^ round(0n, lane)) * P1 + P4) & MASK, sum);
}

const rotate = (of: bigint, by: bigint): bigint => ((of << by) | (of >> (64n - by))) & MASK;
const round = (lane: bigint, input: bigint): bigint => (rotate((lane + input * P2) & MASK, 31n) * P1) & MASK;

function avalanche(hash: bigint): bigint {
  let mixed = ((hash ^ (hash >> 33n)) * P2) & MASK;
  mixed = ((mixed ^ (mixed >> 29n)) * P3) & MASK;
  return mixed ^ (mixed >> 32n);
}
