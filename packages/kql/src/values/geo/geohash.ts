import type { Position } from "./sphere.ts";

const digits = "0123456789bcdefghjkmnpqrstuvwxyz";

/** A rectangle of degrees. */
export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** The geohash of so many digits, 1 to 18, of the rectangle around a place. */
export function geohashOf([longitude, latitude]: Position, length: number): string {
  const axes = [
    { low: -180, high: 180, value: longitude },
    { low: -90, high: 90, value: latitude },
  ];
  let text = "";
  for (let bit = 0, digit = 0; text.length < length; bit++) {
    const axis = axes[bit % 2];
    if (axis === undefined) break;
    const middle = (axis.low + axis.high) / 2;
    digit *= 2;
    if (axis.value >= middle) {
      digit++;
      axis.low = middle;
    } else axis.high = middle;
    if (bit % 5 === 4) {
      text += digits[digit] ?? "";
      digit = 0;
    }
  }
  return text;
}

/** The rectangle that a geohash names; undefined for other text. */
export function boxOf(geohash: string): Box | undefined {
  if (geohash === "" || geohash.length > 18) return undefined;
  let [west, east, south, north] = [-180, 180, -90, 90];
  let even = true;
  for (const char of geohash.toLowerCase()) {
    const digit = digits.indexOf(char);
    if (digit < 0) return undefined;
    for (let mask = 16; mask > 0; mask >>= 1) {
      const upper = (digit & mask) !== 0;
      if (even) [west, east] = halved(west, east, upper);
      else [south, north] = halved(south, north, upper);
      even = !even;
    }
  }
  return { west, south, east, north };
}

function halved(low: number, high: number, upper: boolean): [number, number] {
  const middle = (low + high) / 2;
  return upper ? [middle, high] : [low, middle];
}

export function centreOf(box: Box): Position {
  return [(box.west + box.east) / 2, (box.south + box.north) / 2];
}

/** The corners counter-clockwise from the south-west, which closes the ring. */
export function cornersOf({ west, south, east, north }: Box): readonly Position[] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

/** The rectangles around one, row by row from the south-west; none lies beyond a pole. */
export function neighboursOf(geohash: string): readonly string[] | undefined {
  const box = boxOf(geohash);
  if (box === undefined) return undefined;
  const [width, height] = [box.east - box.west, box.north - box.south];
  const [longitude, latitude] = centreOf(box);
  const found: string[] = [];
  for (const down of [-1, 0, 1])
    for (const along of [-1, 0, 1]) {
      const north = latitude + down * height;
      if ((down === 0 && along === 0) || Math.abs(north) > 90) continue;
      found.push(geohashOf([wrapped(longitude + along * width), north], geohash.length));
    }
  return [...new Set(found)];
}

const wrapped = (longitude: number): number => ((longitude + 540) % 360) - 180;
