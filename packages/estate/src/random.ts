/** A small seeded generator of numbers; equal seeds give equal sequences. */
export interface Random {
  /** A whole number in [0, 2^32). */
  readonly word: () => number;
  /** A number in [0, 1). */
  readonly fraction: () => number;
  /** A whole number in [0, bound); `bound` is at most 2^53. */
  readonly below: (bound: number) => number;
}

/** The sequence (sfc32) that belongs to a seed and a purpose, so that one purpose never shifts another. */
export function createRandom(seed: number, purpose: string): Random {
  const [first, second] = hash(`${seed}/${purpose}`);
  let a = first;
  let b = second;
  let c = seed >>> 0;
  let counter = 1;
  const word = (): number => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    c |= 0;
    return result >>> 0;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) word();
  const fraction = (): number => word() / 4294967296;
  const below = (bound: number): number =>
    bound <= 4294967296 ? Math.floor(fraction() * bound) : Math.floor((fraction() + word() / 2 ** 64) * bound);
  return { word, fraction, below };
}

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[random.below(items.length)];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}

/** Fisher and Yates, in place. */
export function shuffle<T extends { [index: number]: number; readonly length: number }>(random: Random, items: T): T {
  for (let last = items.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const kept = items[last] ?? 0;
    items[last] = items[other] ?? 0;
    items[other] = kept;
  }
  return items;
}

export function hexText(random: Random, digits: number): string {
  let text = "";
  while (text.length < digits) {
    const word = random.word();
    text += (halfWords[word >>> 16] ?? "") + (halfWords[word & 0xffff] ?? "");
  }
  return text.slice(0, digits);
}

const halfWords: readonly string[] = Array.from({ length: 65_536 }, (_, value) => value.toString(16).padStart(4, "0"));

function hash(text: string): [number, number] {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995) ^ (b >>> 13);
  }
  return [a >>> 0, b >>> 0];
}
