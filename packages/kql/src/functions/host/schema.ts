import { arrayText, bagText, isArray, isBag, jsonKind, plainText, uniquePairs } from "../../values/dynamicValue.ts";
import { elements } from "../../values/jsonText.ts";
import { type HostFunction, hostFunction, packedFunction } from "./define.ts";

/** The types that a place of a dynamic value may hold: primitive names, and what is inside a container. */
interface Shape {
  readonly primitives: Set<string>;
  readonly properties: Map<string, Shape>;
}

const INDEXER = JSON.stringify("`indexer`");

/** `buildschema()`: the schema of one value, and the union of schemas. */
export const schemas: readonly HostFunction[] = [
  hostFunction("goshawk_schema", ["VARCHAR"], "VARCHAR", (json) => written(shapeOf(String(json)))),
  packedFunction("goshawk_schema_union", "VARCHAR", (texts) => {
    const shape = empty();
    for (const text of texts) addSchema(shape, text);
    return written(shape);
  }),
];

function empty(): Shape {
  return { primitives: new Set(), properties: new Map() };
}

function inside(shape: Shape, key: string): Shape {
  const found = shape.properties.get(key) ?? empty();
  shape.properties.set(key, found);
  return found;
}

function shapeOf(json: string): Shape {
  const shape = empty();
  addValue(shape, json);
  return shape;
}

function addValue(shape: Shape, json: string): void {
  switch (jsonKind(json)) {
    case "bag":
      for (const [key, value] of uniquePairs(json)) addValue(inside(shape, key), value);
      break;
    case "array":
      inside(shape, INDEXER);
      for (const item of elements(json)) addValue(inside(shape, INDEXER), item);
      break;
    case "number":
      shape.primitives.add(/^-?\d+$/.test(json) ? "long" : "double");
      break;
    default:
      shape.primitives.add(jsonKind(json));
  }
}

/** A schema's text read back: a string is a primitive, an array a union, a bag a container. */
function addSchema(shape: Shape, text: string): void {
  if (isArray(text)) for (const member of elements(text)) addSchema(shape, member);
  else if (isBag(text)) for (const [key, value] of uniquePairs(text)) addSchema(inside(shape, key), value);
  else if (text !== "null") shape.primitives.add(plainText(text));
}

function written(shape: Shape): string {
  const primitives = [...shape.primitives].sort().map((name) => JSON.stringify(name));
  const container =
    shape.properties.size === 0
      ? []
      : [bagText([...shape.properties].map(([key, inner]) => [key, written(inner)] as const))];
  const all = [...container, ...primitives];
  return all.length === 1 ? (all[0] ?? "null") : arrayText(all);
}
