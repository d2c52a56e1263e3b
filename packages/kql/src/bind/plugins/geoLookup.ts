import { refuse } from "../../diagnostics/diagnostic.ts";
import { project } from "../../ir/build.ts";
import type { Rel } from "../../ir/rel.ts";
import { columnRef } from "../../ir/scalar.ts";
import { nameOf } from "../../syntax/tree.ts";
import { withOfficialNames } from "../outputNames.ts";
import { columnNamed } from "../scope.ts";
import { argumentsOf } from "../userFunction.ts";
import { argument, constantArgument, type Plugin, type PluginCall, required, scalarArgument } from "./define.ts";
import { quoted, runTemplate } from "./template.ts";

/** When a point, `lon` and `lat`, belongs to a `shape`; `radius` in meters. */
interface Shapes {
  readonly name: string;
  readonly keyName: string;
  readonly within: string | undefined;
  readonly near: string;
}

const polygons: Shapes = {
  name: "geo_polygon_lookup",
  keyName: "LookupPolygonKey",
  within: "geo_point_in_polygon(lon, lat, shape)",
  near: "geo_distance_point_to_polygon(lon, lat, shape) <= radius",
};

const lines: Shapes = {
  name: "geo_line_lookup",
  keyName: "LookupLineKey",
  within: undefined,
  near: "geo_distance_point_to_line(lon, lat, shape) <= radius",
};

export const geoPolygonLookup: Plugin = lookup(polygons, "Rows of a table of polygons that hold each row's point.");
export const geoLineLookup: Plugin = lookup(lines, "Rows of a table of lines that pass near each row's point.");

function lookup(shapes: Shapes, summary: string): Plugin {
  return { name: shapes.name, summary, bind: (call) => findShapes(call, shapes) };
}

function findShapes(call: PluginCall, shapes: Shapes): Rel {
  const { input, env, context } = call;
  checkArguments(call);
  const table = context.tabular(required(call, 0, "LookupTable"), env);
  const key = columnOf(call, 1, shapes.keyName, table);
  const [lon, lat] = [columnOf(call, 2, "SourceLongitude", input), columnOf(call, 3, "SourceLatitude", input)];
  const radiusNode = shapes.within === undefined ? required(call, 4, "Radius") : argument(call, 4, "radius");
  const radius = radiusNode === undefined ? undefined : scalarArgument(radiusNode, call);
  const keyToo = flag(call, "return_lookup_key");
  const places = table.columns.map((column, index) => ({ name: column.name, place: `__l${index}` }));
  const shown = places.filter(({ name }) => keyToo || name !== key).map(({ place }) => place);
  const text = `
    let L = U
      | project ${places.map(({ name, place }) => `${place} = ${quoted(name)}`).join(", ")}
      | extend shape = ${places.find(({ name }) => name === key)?.place ?? ""}, __one = 1;
    let S = T | serialize __row = row_number();
    let M = S
      | project __row, lon = toreal(${quoted(lon)}), lat = toreal(${quoted(lat)}), __one = 1
      | join kind=inner L on __one
      | where ${radius === undefined ? shapes.within : shapes.near}
      | project ${["__row", ...shown].join(", ")};
    S
    | join kind=${flag(call, "return_unmatched") ? "leftouter" : "inner"} M on __row
    | project ${[...input.columns.map((column) => quoted(column.name)), ...shown].join(", ")}`;
  const scalars = radius === undefined ? {} : { radius };
  const found = runTemplate(call, text, { tables: { T: input, U: table }, scalars });
  const named = withOfficialNames(call.node, found.columns);
  const items = named.map((column) => ({ column, value: columnRef(column) }));
  return project({ ...found, ordering: [] }, items, call.node.span);
}

function columnOf(call: PluginCall, index: number, name: string, rel: Rel): string {
  const node = required(call, index, name);
  return columnNamed(rel.columns, nameOf(node), node.span).name;
}

/** A flag is given by name; left out, it is false. */
function flag(call: PluginCall, name: string): boolean {
  const value = constantArgument(call, Number.MAX_SAFE_INTEGER, name);
  if (value === undefined || typeof value === "boolean") return value === true;
  return refuse("not-a-constant", call.call.span, { name, what: "a truth value" });
}

/** Which flag a truth value without a name is meant to be is documented in two ways. */
function checkArguments(call: PluginCall): void {
  const unnamed = argumentsOf(call.call).filter((arg) => arg.kind !== "SimpleNamedExpression");
  const extra = unnamed[5];
  if (extra !== undefined || unnamed[4]?.kind === "BooleanLiteralExpression")
    refuse("unsupported-syntax", (extra ?? call.call).span, {
      construct: "This argument",
      reason: "it must be given by name, as return_unmatched = true is",
    });
}
