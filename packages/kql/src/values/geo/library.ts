import { createRequire } from "node:module";

type H3 = typeof import("h3-js");
type S2 = typeof import("s2js")["s2"];
type Wkt = typeof import("betterknown");

const require = createRequire(import.meta.url);
let h3Library: H3 | undefined;
let s2Library: S2 | undefined;
let wktLibrary: Wkt | undefined;

/** Uber's hexagons; loaded when a query first asks for one, since it takes 20 ms and 7 MB. */
export function h3(): H3 {
  h3Library ??= require("h3-js") as H3;
  return h3Library;
}

/** Google's geometry of the sphere; loaded when a query first asks for it. */
export function s2(): S2 {
  s2Library ??= (require("s2js") as typeof import("s2js")).s2;
  return s2Library;
}

/** The reader of well-known text. */
export function wkt(): Wkt {
  wktLibrary ??= require("betterknown") as Wkt;
  return wktLibrary;
}
