import {
  arrayText,
  bagText,
  identity,
  isArray,
  isBag,
  jsonKind,
  plainText,
  uniquePairs,
} from "../../values/dynamicValue.ts";
import { keyPath } from "../../values/jsonPath.ts";
import { elements, properties } from "../../values/jsonText.ts";

import { type HostFunction, hostFunction, packedFunction } from "./define.ts";

/** Functions of bags; the texts of the values stay as they are. */
export const bags: readonly HostFunction[] = [
  hostFunction("goshawk_bag_properties", ["VARCHAR"], "VARCHAR", (json) =>
    arrayText(properties(String(json)).map(([key, value]) => `{${key}:${value}}`)),
  ),
  hostFunction("goshawk_bag_pairs", ["VARCHAR"], "VARCHAR", (json) =>
    arrayText(properties(String(json)).map(([key, value]) => `[${key},${value}]`)),
  ),
  packedFunction("goshawk_bag_merge", "VARCHAR", merged),
  packedFunction("goshawk_bag_pack", "VARCHAR", (args) => {
    const pairs = new Map<string, string>();
    for (let at = 0; at + 1 < args.length; at += 2) pairs.set(args[at] ?? '""', args[at + 1] ?? "null");
    return bagText(pairs);
  }),
  hostFunction("goshawk_bag_without_empty", ["VARCHAR"], "VARCHAR", (bag) =>
    bagText([...uniquePairs(String(bag))].filter(([, value]) => value !== "null" && value !== '""')),
  ),
  hostFunction("goshawk_bag_has_key", ["VARCHAR", "VARCHAR"], "BOOLEAN", (bag, key) =>
    hasKey(String(bag), keyPath(String(key))),
  ),
  hostFunction("goshawk_bag_set_key", ["VARCHAR", "VARCHAR", "VARCHAR"], "VARCHAR", (bag, key, value) =>
    isBag(String(bag)) ? withKey(String(bag), keyPath(String(key)), String(value)) : null,
  ),
  hostFunction("goshawk_bag_remove_keys", ["VARCHAR", "VARCHAR"], "VARCHAR", (bag, keys) =>
    isBag(String(bag)) ? withoutKeys(String(bag), String(keys)) : null,
  ),
  hostFunction("goshawk_bag_zip", ["VARCHAR", "VARCHAR"], "VARCHAR", (keys, values) =>
    isArray(String(keys)) ? zippedBag(elements(String(keys)), elements(String(values))) : null,
  ),
  hostFunction("goshawk_treepath", ["VARCHAR"], "VARCHAR", (json) =>
    isBag(String(json)) || isArray(String(json))
      ? arrayText([...new Set(paths(String(json), ""))].map((path) => JSON.stringify(path)))
      : null,
  ),
];

/** All properties of all bags; of equal keys the first bag's counts. */
function merged(args: readonly string[]): string {
  const pairs = new Map<string, string>();
  for (const bag of args) {
    for (const [key, value] of uniquePairs(bag)) if (!pairs.has(key)) pairs.set(key, value);
  }
  return bagText(pairs);
}

function hasKey(bag: string, path: readonly string[]): boolean {
  const [first, ...rest] = path;
  const value = first === undefined ? undefined : uniquePairs(bag).get(JSON.stringify(first));
  return value !== undefined && (rest.length === 0 || hasKey(value, rest));
}

/** The property moves to the end; bags on the way to it are made where there are none. */
function withKey(bag: string, path: readonly string[], value: string): string {
  const [first, ...rest] = path;
  if (first === undefined) return bag;
  const pairs = new Map(uniquePairs(bag));
  const key = JSON.stringify(first);
  const inner = pairs.get(key);
  const made = rest.length === 0 ? value : withKey(inner !== undefined && isBag(inner) ? inner : "{}", rest, value);
  pairs.delete(key);
  return bagText(pairs.set(key, made));
}

function withoutKeys(bag: string, keys: string): string {
  const named = isArray(keys) ? elements(keys) : [keys];
  return named
    .filter((key) => jsonKind(key) === "string")
    .reduce((left, key) => withoutKey(left, keyPath(plainText(key))), bagText(uniquePairs(bag)));
}

function withoutKey(bag: string, path: readonly string[]): string {
  const [first, ...rest] = path;
  if (first === undefined || !isBag(bag)) return bag;
  const pairs = new Map(uniquePairs(bag));
  const key = JSON.stringify(first);
  const inner = pairs.get(key);
  if (inner === undefined) return bag;
  if (rest.length === 0) pairs.delete(key);
  else pairs.set(key, withoutKey(inner, rest));
  return bagText(pairs);
}

function zippedBag(keys: readonly string[], values: readonly string[]): string {
  const pairs = new Map<string, string>();
  keys.forEach((key, index) => {
    const name = jsonKind(key) === "string" ? identity(key) : undefined;
    if (name !== undefined && !pairs.has(name)) pairs.set(name, values[index] ?? "null");
  });
  return bagText(pairs);
}

/** The paths to everything inside, an array's elements all under `[0]`. */
function paths(json: string, prefix: string): readonly string[] {
  const steps = isArray(json)
    ? elements(json).map((item) => ["[0]", item] as const)
    : [...uniquePairs(json)].map(([key, value]) => [`['${plainText(key)}']`, value] as const);
  return steps.flatMap(([step, value]) => [`${prefix}${step}`, ...paths(value, `${prefix}${step}`)]);
}
