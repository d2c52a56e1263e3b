/** How far the work on several files is, in bytes of the files. */
export interface Meter {
  /** The part of a file, from 0 to 1, whose work is done. */
  readonly set: (path: string, bytes: number, share: number) => void;
  readonly done: () => number;
}

export function meter(): Meter {
  const shares = new Map<string, number>();
  return {
    set: (path, bytes, share) => void shares.set(path, bytes * share),
    done: () => [...shares.values()].reduce((sum, bytes) => sum + bytes, 0),
  };
}

/** Parts of the work on a file, as measured on exports of some hundred MB: its sum, the look into it, the rest. */
export const HASHED = 0.05;
export const EXAMINED = 0.35;
