/** Kusto's Earth is a sphere of this radius, in metres. */
export const EARTH_RADIUS = 6_371_010;

/** A direction from the centre of the sphere, of length 1. */
export interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Degrees east and north. */
export type Position = readonly [longitude: number, latitude: number];

const RADIANS = Math.PI / 180;

/** Whether Kusto takes the numbers for a place. */
export function isPosition(longitude: number, latitude: number): boolean {
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
}

export function vectorOf([longitude, latitude]: Position): Vector {
  const [phi, theta] = [latitude * RADIANS, longitude * RADIANS];
  const ring = Math.cos(phi);
  return { x: Math.cos(theta) * ring, y: Math.sin(theta) * ring, z: Math.sin(phi) };
}

export function positionOf({ x, y, z }: Vector): Position {
  return [Math.atan2(y, x) / RADIANS, Math.atan2(z, Math.hypot(x, y)) / RADIANS];
}

export function dot(a: Vector, b: Vector): number {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

export function cross(a: Vector, b: Vector): Vector {
  return { x: a.y * b.z - a.z * b.y, y: a.z * b.x - a.x * b.z, z: a.x * b.y - a.y * b.x };
}

export function sum(a: Vector, b: Vector): Vector {
  return { x: a.x + b.x, y: a.y + b.y, z: a.z + b.z };
}

export function scaled(a: Vector, by: number): Vector {
  return { x: a.x * by, y: a.y * by, z: a.z * by };
}

export const size = (a: Vector): number => Math.hypot(a.x, a.y, a.z);

/** The same direction with length 1; the zero vector stays. */
export function unit(a: Vector): Vector {
  const length = size(a);
  return length === 0 ? a : scaled(a, 1 / length);
}

/** The angle between two directions, in radians. */
export function angleBetween(a: Vector, b: Vector): number {
  return Math.atan2(size(cross(a, b)), dot(a, b));
}

/** Metres along the great circle. */
export function distance(a: Vector, b: Vector): number {
  return angleBetween(a, b) * EARTH_RADIUS;
}

/** Radians clockwise from north, 0 to 2π, in which one place lies from another; undefined where they are one. */
export function azimuth(from: Vector, to: Vector): number | undefined {
  const north = { x: 0, y: 0, z: 1 };
  const ahead = cross(cross(from, to), from);
  const up = cross(cross(from, north), from);
  if (size(ahead) === 0 || size(up) === 0) return undefined;
  return clockwise(Math.atan2(dot(from, cross(ahead, up)), dot(ahead, up)));
}

/** Radians clockwise at `corner` from the way to `from` to the way to `to`, 0 to 2π. */
export function turn(from: Vector, corner: Vector, to: Vector): number | undefined {
  const [start, end] = [azimuth(corner, from), azimuth(corner, to)];
  return start === undefined || end === undefined ? undefined : clockwise(end - start);
}

const clockwise = (angle: number): number => (angle < 0 ? angle + 2 * Math.PI : angle);
