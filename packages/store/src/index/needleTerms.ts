import { eachHash } from "./termBytes.ts";

/** Where a needle ends at a border of terms, in every text that holds it. */
export interface NeedleBorders {
  readonly start: boolean;
  readonly end: boolean;
}

const encoder = new TextEncoder();

/** Hashes that the index of every text holds which holds the needle; none where nothing is sure. */
export function needleHashes(needle: string, borders: NeedleBorders): readonly number[] {
  const sure = needle.replace(/[A-Za-z0-9\u0080-\uffff]+/g, (run, at: number) => {
    const open = (at === 0 && !borders.start) || (at + run.length === needle.length && !borders.end);
    // Letters beyond ASCII may be equal to ASCII ones without regard to case, so nothing is sure of what they touch.
    return open || /[\u0080-\uffff]/.test(run) ? " " : run;
  });
  const hashes = new Set<number>();
  eachHash(encoder.encode(sure), (hash, of) => of === "part" && hashes.add(hash));
  return [...hashes];
}

/** Hashes that the index of every text holds which equals the value, letter case aside unless asked for. */
export function valueHashes(value: string, how: { readonly caseSensitive: boolean }): readonly number[] {
  const foldsToItself = how.caseSensitive || !/[\u0080-\uffff]/.test(value);
  if (!foldsToItself || /\0|\p{Surrogate}/u.test(value)) return needleHashes(value, { start: true, end: true });
  const hashes = new Set<number>();
  eachHash(encoder.encode(value), (hash) => hashes.add(hash));
  return [...hashes];
}
