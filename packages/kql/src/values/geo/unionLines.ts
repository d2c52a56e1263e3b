import { waysOf } from "./contacts.ts";
import { chains, chainText } from "./lines.ts";
import { piecesOf } from "./pieces.ts";
import { planeAmid } from "./plane.ts";
import { multiLineText } from "./shape.ts";
import { positionOf } from "./sphere.ts";

/** More edges than that are not compared with one another. */
const MOST_EDGES = 20_000;

/** The union of lines, each part once, as chains that end where none, or more than one, goes on. */
export function unionOfLines(texts: readonly string[]): string | undefined {
  const read = texts.map(chains);
  const all = read.flatMap((lines) => lines ?? []);
  const corners = all.flat();
  if (read.includes(undefined) || all.length === 0 || corners.length > MOST_EDGES) return undefined;
  const plane = planeAmid(corners);
  if (plane === undefined) return undefined;
  const { nodes, pieces } = piecesOf(
    all.map((chain) => ({ corners: chain, group: 0, open: true })),
    plane,
  );
  const distinct = new Map(pieces.map((piece) => [[piece.from, piece.to].sort((a, b) => a - b).join(" "), piece]));
  const ways = waysOf([...distinct.values()]).map((way) =>
    way.flatMap((node) => {
      const found = nodes[node];
      return found === undefined ? [] : [found.at];
    }),
  );
  const [only] = ways;
  return ways.length === 1 && only !== undefined
    ? chainText(only)
    : multiLineText(ways.map((way) => way.map(positionOf)));
}
