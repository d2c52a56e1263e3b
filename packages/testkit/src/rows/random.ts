/** Numbers that a seed fixes: the same seed gives the same row on every machine. */
export interface Random {
  /** A whole number from 0 up to, not including, `bound` (at most 2^32). */
  readonly below: (bound: number) => number;
  readonly pick: <T>(items: readonly [T, ...(readonly T[])]) => T;
}

/** mulberry32 over the seed's text: small, and good enough to choose test values with. */
export function randomFrom(seed: string): Random {
  let state = hashOf(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  return { below, pick: (items) => items[below(items.length)] ?? items[0] };
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
