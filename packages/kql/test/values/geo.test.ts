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
