import type { Tree } from "./tree.ts";

/** Trees that are one step smaller: an item less, or a simpler piece in the place of another; largest steps first. */
export function* smaller(tree: Tree): Generator<Tree> {
  if (typeof tree === "string" || tree.kind === "table" || tree.kind === "column") return;
  if (tree.kind === "list") {
    const { items, least } = tree;
    for (const [at] of items.entries())
      if (items.length > least) yield { ...tree, items: [...items.slice(0, at), ...items.slice(at + 1)] };
    yield* within(items, (changed) => ({ ...tree, items: changed }));
    return;
  }
  yield* tree.simpler;
  yield* within(tree.parts, (parts) => ({ ...tree, parts }));
}

function* within(parts: readonly Tree[], rebuilt: (parts: readonly Tree[]) => Tree): Generator<Tree> {
  for (const [at, part] of parts.entries())
    for (const less of smaller(part)) yield rebuilt([...parts.slice(0, at), less, ...parts.slice(at + 1)]);
}

/** The smallest value that still fails and that at most `tries` steps lead to. */
export async function shrunk<V>(
  start: V,
  stepsFrom: (value: V) => Iterable<V>,
  fails: (value: V) => Promise<boolean>,
  tries: number,
): Promise<V> {
  let current = start;
  let left = tries;
  for (let found = true; found && left > 0; ) {
    found = false;
    for (const next of stepsFrom(current)) {
      if (left-- <= 0) break;
      if (!(await fails(next))) continue;
      current = next;
      found = true;
      break;
    }
  }
  return current;
}
