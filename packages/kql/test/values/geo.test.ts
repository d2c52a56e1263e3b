import { expect, test } from "vitest";
import { geohashOf, neighboursOf } from "../../src/values/geo/geohash.ts";
import { polygonArea, polygonContains, polygonPerimeter } from "../../src/values/geo/polygons.ts";
import { vectorOf } from "../../src/values/geo/sphere.ts";

// Kusto documentation, geo_polygon_area(), geo_polygon_perimeter() and geo_point_to_geohash(), Examples.
const centralPark = [
  [-73.9495, 40.7969],
  [-73.95807266235352, 40.80068603561921],
  [-73.98201942443848, 40.76825672305777],
  [-73.97317886352539, 40.76455136505513],
  [-73.9495, 40.7969],
];
const polygon = (...rings: readonly unknown[]): string => JSON.stringify({ type: "Polygon", coordinates: rings });

test("the area is that of the documentation, whichever way the ring runs", () => {
  expect(polygonArea(polygon(centralPark))).toBeCloseTo(3475207.28346606, 5);
  expect(polygonArea(polygon([...centralPark].reverse()))).toBeCloseTo(3475207.28346606, 5);
});

test("polygons that overlap are walked around once", () => {
  const square = (west: number): unknown => [
    [west, 0],
    [west + 2, 0],
    [west + 2, 1],
    [west, 1],
    [west, 0],
  ];
  const both = JSON.stringify({ type: "MultiPolygon", coordinates: [[square(0)], [square(1)]] });
  const one = polygonPerimeter(polygon([...(square(0) as readonly unknown[])])) ?? 0;
  expect(polygonPerimeter(both)).toBeLessThan(2 * one);
  expect(polygonPerimeter(both)).toBeGreaterThan(one);
});

test("polygons that overlap count once, also beside one on the other side of the world", () => {
  const square = (west: number): unknown => [
    [
      [west, 0],
      [west + 2, 0],
      [west + 2, 2],
      [west, 2],
      [west, 0],
    ],
  ];
  const areaOf = (...shapes: readonly unknown[]): number =>
    polygonArea(JSON.stringify({ type: "MultiPolygon", coordinates: shapes })) ?? Number.NaN;
  const [two, far] = [areaOf(square(0), square(1)), areaOf(square(170))];
  expect(two).toBeLessThan(1.6 * far);
  expect(areaOf(square(0), square(1), square(170)) / (two + far)).toBeCloseTo(1, 9);
  expect(areaOf(square(170), square(1), square(-60), square(0)) / (two + 2 * far)).toBeCloseTo(1, 9);
});

test("polygons that touch around the whole Earth have no area rather than one that counts them twice", () => {
  const band = (west: number): unknown => [
    [
      [west, -1],
      [west + 61, -1],
      [west + 61, 1],
      [west, 1],
      [west, -1],
    ],
  ];
  const coordinates = [0, 60, 120, 180, 240, 300].map(band);
  expect(polygonArea(JSON.stringify({ type: "MultiPolygon", coordinates }))).toBeUndefined();
});

test("a ring that crosses itself, repeats a place or is open is no polygon", () => {
  const rings = [
    [
      [0, 0],
      [2, 2],
      [2, 0],
      [0, 2],
      [0, 0],
    ],
    [
      [0, 0],
      [10, 10],
      [10, 10],
      [0, 0],
    ],
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ],
  ];
  expect(rings.map((ring) => polygonContains(polygon(ring), vectorOf([0.5, 0.1])))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("a geohash has its neighbours, fewer at a pole", () => {
  expect(geohashOf([-80.195829, 25.802215], 8)).toBe("dhwfz15h");
  expect(new Set(neighboursOf("sunny"))).toEqual(
    new Set(["sunnv", "sunnt", "sunnw", "sunnx", "sunpp", "sunnz", "sunpn", "sunpj"]),
  );
  expect(neighboursOf("zzz")?.length).toBe(5);
});
