import type { Piece, Pieces } from "./pieces.ts";
import type { Vector } from "./sphere.ts";

/** Where outlines of two groups meet without an area in common. */
export interface Contacts {
  readonly points: readonly Vector[];
  readonly lines: readonly (readonly Vector[])[];
}

const keyOf = ({ from, to }: Piece): string => (from < to ? `${from} ${to}` : `${to} ${from}`);

/** `outline` are the borders of what the groups have in common. */
export function contactsOf({ nodes, pieces }: Pieces, outline: readonly Piece[]): Contacts {
  const outer = new Set(outline.map(keyOf));
  const groups = new Map<string, Set<number>>();
  const touching = new Map<number, Set<number>>();
  for (const piece of pieces) {
    note(groups, keyOf(piece), piece.group);
    note(touching, piece.from, piece.group);
    note(touching, piece.to, piece.group);
  }
  const isShared = (piece: Piece): boolean => (groups.get(keyOf(piece))?.size ?? 0) > 1 && !outer.has(keyOf(piece));
  const shared = pieces.filter((piece) => piece.group === 0 && isShared(piece));
  const covered = new Set([...outline, ...shared].flatMap(({ from, to }) => [from, to]));
  const alone = [...touching].filter(([node, found]) => found.size > 1 && !covered.has(node)).map(([node]) => node);
  const places = (numbers: readonly number[]): readonly Vector[] =>
    numbers.flatMap((node) => {
      const found = nodes[node];
      return found === undefined ? [] : [found.at];
    });
  return { points: places(alone), lines: waysOf(shared).map(places) };
}

function note<T>(groups: Map<T, Set<number>>, key: T, group: number): void {
  const found = groups.get(key) ?? new Set();
  groups.set(key, found.add(group));
}

/** Pieces as ways that end where no piece, or more than one, goes on. */
export function waysOf(pieces: readonly Piece[]): readonly (readonly number[])[] {
  const at = new Map<number, Piece[]>();
  for (const piece of pieces) for (const node of [piece.from, piece.to]) at.set(node, [...(at.get(node) ?? []), piece]);
  const left = new Set(pieces);
  const goOn = (node: number): Piece | undefined => {
    const found = at.get(node) ?? [];
    return found.length === 2 ? found.find((piece) => left.has(piece)) : undefined;
  };
  const follow = (first: Piece, start: number): readonly number[] => {
    const way = [start];
    for (let next: Piece | undefined = first; next !== undefined; next = goOn(way.at(-1) ?? start)) {
      left.delete(next);
      way.push(next.from === way.at(-1) ? next.to : next.from);
    }
    return way;
  };
  const ways: (readonly number[])[] = [];
  for (const piece of pieces) {
    if (!left.has(piece)) continue;
    const ahead = follow(piece, piece.from);
    const back = goOn(piece.from);
    ways.push(back === undefined ? ahead : [...[...follow(back, piece.from)].reverse(), ...ahead.slice(1)]);
  }
  return ways;
}
