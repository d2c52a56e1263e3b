import { expect, test } from "vitest";
import { lineBuffer, polygonBuffer } from "../../src/values/geo/buffer.ts";
import { densifyLine, densifyPolygon } from "../../src/values/geo/densify.ts";
import { polygonsInCommon, unionOfPolygons } from "../../src/values/geo/overlay.ts";
import { polygonArea } from "../../src/values/geo/polygons.ts";
import { simplifyPolygons } from "../../src/values/geo/simplify.ts";
import { unionOfLines } from "../../src/values/geo/unionLines.ts";

type Place = readonly [number, number];

const polygon = (...rings: readonly (readonly Place[])[]): string =>
  JSON.stringify({ type: "Polygon", coordinates: rings });
const line = (...places: readonly Place[]): string => JSON.stringify({ type: "LineString", coordinates: places });
const square = (west: number, south: number, side = 1): readonly Place[] => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];
const placesOf = (json: string | undefined): readonly number[] =>
  (JSON.parse(json ?? "{}") as { coordinates: readonly unknown[] }).coordinates.flat(3) as number[];

function expectPlaces(json: string | undefined, expected: readonly Place[]): void {
  const [found, wanted] = [placesOf(json), expected.flat()];
  expect(found.length).toBe(wanted.length);
  found.forEach((value, index) => {
    expect(value).toBeCloseTo(wanted[index] ?? Number.NaN, 9);
  });
}

// Kusto documentation, geo_union_polygons_array(), Examples; the order of the vertices is S2's.
test("a union begins where S2's begins and keeps the crossings of its edges", () => {
  const united = unionOfPolygons([
    polygon([
      [-73.9495, 40.7969],
      [-73.95807, 40.80068],
      [-73.98201, 40.76825],
      [-73.97317, 40.76455],
      [-73.9495, 40.7969],
    ]),
    polygon([
      [-73.94622, 40.79249],
      [-73.96888, 40.79282],
      [-73.9577, 40.7789],
      [-73.94622, 40.79249],
    ]),
    polygon([
      [-73.97335, 40.77274],
      [-73.9936, 40.7663],
      [-73.97171, 40.75655],
      [-73.97335, 40.77274],
    ]),
  ]);
  expectPlaces(united, [
    [-73.972599326729608, 40.765330371902991],
    [-73.960302383706178, 40.782140794645024],
    [-73.9577, 40.7789],
    [-73.94622, 40.79249],
    [-73.9526593223173, 40.792584227716468],
    [-73.9495, 40.7969],
    [-73.95807, 40.80068],
    [-73.9639277517478, 40.792748258673875],
    [-73.96888, 40.792819999999992],
    [-73.9662719791645, 40.7895734224338],
    [-73.9803360309571, 40.770518810606404],
    [-73.9936, 40.7663],
    [-73.97171, 40.756550000000004],
    [-73.972599326729608, 40.765330371902991],
  ]);
});

// Kusto documentation, geo_line_densify() and geo_polygon_densify(), Examples.
test("vertices are added halfway, and only where a great circle strays too far", () => {
  const eighths = Array.from({ length: 9 }, (_, index): Place => [50 + index / 8, 50 + index / 8]);
  expectPlaces(densifyLine(line([50, 50], [51, 51]), 10, false), eighths);
  expectPlaces(densifyPolygon(polygon(square(10, 10)), 10), [
    [10, 10],
    [10.25, 10],
    [10.5, 10],
    [10.75, 10],
    [11, 10],
    [11, 11],
    [10.75, 11],
    [10.5, 11],
    [10.25, 11],
    [10, 11],
    [10, 10],
  ]);
  expect(densifyLine(line([1, 1], [2, 2]), 0.05, false)).toBeUndefined();
});

test("a line over the antimeridian is cut there unless its crossing is to be kept", () => {
  expect(densifyLine(line([190, 0], [170, 0]), 10_000, false)).toContain("MultiLineString");
  expect(densifyLine(line([190, 0], [170, 0]), 10_000, true)).toContain('"LineString"');
});

// Kusto documentation, geo_intersection_2polygons(): "Polygon contains its vertices."
test("polygons that touch have a corner or a border in common, those apart nothing", () => {
  const one = polygon(square(0, 0));
  expect(polygonsInCommon(one, polygon(square(1, 1)))).toMatch(/^\{"type":"Point"/);
  expect(polygonsInCommon(one, polygon(square(1, 0)))).toMatch(/^\{"type":"LineString"/);
  expect(polygonsInCommon(one, polygon(square(5, 5)))).toBe('{"type":"GeometryCollection","geometries":[]}');
  expect(polygonArea(polygonsInCommon(one, one) ?? "")).toBeCloseTo(polygonArea(one) ?? 0, 0);
});

test("the union of a ring of squares keeps the hole amid them", () => {
  const around = [0, 1, 2].flatMap((x) => [0, 1, 2].map((y) => [x, y] as const));
  const ring = around.filter(([x, y]) => x !== 1 || y !== 1).map(([x, y]) => polygon(square(x, y)));
  const united = unionOfPolygons(ring) ?? "";
  const whole = around.reduce((total, [x, y]) => total + (polygonArea(polygon(square(x, y))) ?? 0), 0);
  const hole = polygonArea(polygon(square(1, 1))) ?? 0;
  expect(polygonArea(united)).toBeCloseTo(whole - hole, -3);
});

test("a buffer that meets itself is walked around once", () => {
  const metres = 1112;
  const closed = lineBuffer(line(...square(0, 0, 0.01)), 100, 0.5) ?? "";
  const expected = 4 * 200 * metres - 4 * 100 * 100 + Math.PI * 100 * 100;
  expect((polygonArea(closed) ?? 0) / expected).toBeCloseTo(1, 2);
  const area = polygonArea(polygon(square(0, 0, 0.01))) ?? 0;
  const wider = polygonBuffer(polygon(square(0, 0, 0.01)), 100, 0.5) ?? "";
  expect((polygonArea(wider) ?? 0) / (area + 4 * 100 * metres + Math.PI * 100 * 100)).toBeCloseTo(1, 2);
});

// Kusto documentation, geo_union_lines_array(), Examples.
test("what lines share stands once in their union, and lines that follow one another become one", () => {
  const shared: readonly Place[] = [
    [-73.95633727312088, 40.8057171711177],
    [-73.95489156246185, 40.80510200431311],
  ];
  const [start, end]: readonly Place[] = [
    [-73.95683884620665, 40.80502891480884],
    [-73.95537436008453, 40.804413741624515],
  ];
  if (start === undefined || end === undefined) throw new Error("two places");
  expectPlaces(unionOfLines([line(start, ...shared), line(...shared, end), line(...shared)]), [start, ...shared, end]);
});

test("simplified polygons keep the border that they share, and no two vertices nearer than the tolerance", () => {
  const border: readonly Place[] = Array.from({ length: 21 }, (_, index) => [1 + (index % 2) * 0.0001, index / 20]);
  const west = polygon([[0, 0], ...border, [0, 1], [0, 0]]);
  const east = polygon([[2, 0], [2, 1], ...[...border].reverse(), [2, 0]]);
  const found = simplifyPolygons([west, east], 1000) ?? "";
  expect(placesOf(found).length).toBeLessThan(16);
  // The border is gone: a gap along it would be a second ring.
  expect((JSON.parse(found) as { coordinates: readonly unknown[] }).coordinates).toHaveLength(1);
});
