import { type Chains, chains, chainText } from "./lines.ts";
import type { Rings } from "./loops.ts";
import { polygonsIn, polygonsText, unionOfPolygons } from "./overlay.ts";
import { multiLineText } from "./shape.ts";
import { type Sites, sitesOf } from "./sites.ts";
import { EARTH_RADIUS, positionOf, type Vector } from "./sphere.ts";
import { straightened } from "./straightened.ts";

const MOST_METRES = 7_800_000;

/** A line with no two vertices nearer than `tolerance` metres, and those that a straight edge replaces left out. */
export function simplifyLine(json: string, tolerance: number): string | undefined {
  const lines = chains(json);
  if (lines === undefined || !isTolerance(tolerance)) return undefined;
  const sites = sitesOf(lines.flat(), tolerance / EARTH_RADIUS);
  const kept = lines.map((line) => straightened(visits(line, sites), sites)).filter((line) => line.length > 1);
  const [only] = kept;
  if (only === undefined) return undefined;
  return kept.length === 1 ? chainText(only) : multiLineText(kept.map((line) => line.map(positionOf)));
}

/** The union of polygons after `simplifyLine` of their rings; a border that two of them share stays shared. */
export function simplifyPolygons(texts: readonly string[], tolerance: number): string | undefined {
  const shapes = texts.map(polygonsIn);
  const all = shapes.flatMap((shape) => shape ?? []);
  if (shapes.includes(undefined) || !isTolerance(tolerance)) return undefined;
  const sites = sitesOf(all.flat(2), tolerance / EARTH_RADIUS);
  const kept = all.map((rings) => simplifyRings(rings, sites)).filter((rings) => rings.length > 0);
  if (kept.length === 0) return undefined;
  return kept.length === 1 ? polygonsText(kept) : unionOfPolygons(kept.map((rings) => polygonsText([rings])));
}

const isTolerance = (metres: number): boolean => metres >= 0 && metres <= MOST_METRES;

/** A shell that vanishes takes its holes along. */
function simplifyRings([shell, ...holes]: Rings, sites: Sites): Rings {
  const outer = shell === undefined ? [] : simplifyRing(shell, sites);
  if (outer.length < 3) return [];
  return [outer, ...holes.map((hole) => simplifyRing(hole, sites)).filter((hole) => hole.length > 2)];
}

function simplifyRing(corners: readonly Vector[], sites: Sites): readonly Vector[] {
  const [first] = corners;
  if (first === undefined) return [];
  const around = withoutSpikes(visits([...corners, first], sites));
  return around.length < 4 ? [] : straightened(around, sites).slice(0, -1);
}

/** The sites that a chain goes to, each once in a row. */
function visits(chain: Chains[number], sites: Sites): readonly number[] {
  const all = chain.map(sites.of);
  return all.filter((site, index) => site !== all[index - 1]);
}

/** A ring that goes to a place and straight back encloses nothing there. */
function withoutSpikes(ring: readonly number[]): readonly number[] {
  const kept: number[] = [];
  for (const site of ring) {
    kept.push(site);
    while (kept.length > 2 && kept.at(-1) === kept.at(-3)) kept.splice(-2);
  }
  return kept;
}
