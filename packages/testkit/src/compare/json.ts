import { near, numberOf } from "./number.ts";
import { datetimeTicks, timespanTicks } from "./ticks.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface JsonRules {
  /** Relative tolerance of numbers. */
  readonly tolerance: number;
  /** The order of array elements does not count. */
  readonly looseArrays: boolean;
  /** `strict`: the string "1" is not the number 1. `loose`: pages and recorders mix the two up. */
  readonly kinds: "strict" | "loose";
}

/** The JSON value of a dynamic cell; text that is not JSON stands for itself. */
export function jsonOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** A JSON array or bag, as against a scalar. */
export function isContainer(value: Json): boolean {
  return typeof value === "object" && value !== null;
}

/** Same structure: key order does not count, numbers by tolerance, datetimes and timespans by ticks. */
export function jsonEquals(left: Json, right: Json, rules: JsonRules): boolean {
  if (typeof left === "number" && typeof right === "number") return near(left, right, rules.tolerance);
  if (typeof left === "string" && typeof right === "string") return left === right || sameTicks(left, right);
  if (isArray(left) && isArray(right)) return arraysEqual(left, right, rules);
  if (isBag(left) && isBag(right)) return bagsEqual(left, right, rules);
  if (rules.kinds === "strict") return left === right;
  return scalarsEqual(left, right, rules.tolerance);
}

function sameTicks(left: string, right: string): boolean {
  for (const ticks of [datetimeTicks, timespanTicks]) {
    const [a, b] = [ticks(left), ticks(right)];
    if (a !== undefined && b !== undefined) return a === b;
  }
  return false;
}

function arraysEqual(left: readonly Json[], right: readonly Json[], rules: JsonRules): boolean {
  if (left.length !== right.length) return false;
  if (!rules.looseArrays) return left.every((item, index) => jsonEquals(item, right[index] ?? null, rules));
  const rest = [...right];
  return left.every((item) => {
    const found = rest.findIndex((other) => jsonEquals(item, other, rules));
    if (found >= 0) rest.splice(found, 1);
    return found >= 0;
  });
}

type Bag = { readonly [key: string]: Json };

function bagsEqual(left: Bag, right: Bag, rules: JsonRules): boolean {
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && jsonEquals(left[key] ?? null, right[key] ?? null, rules));
}

function scalarsEqual(left: Json, right: Json, tolerance: number): boolean {
  if (left === right) return true;
  if (isContainer(left) || isContainer(right)) return false;
  if (left === null || right === null) return isBlank(left) && isBlank(right);
  if (typeof left === "boolean" || typeof right === "boolean") {
    return String(left).toLowerCase() === String(right).toLowerCase();
  }
  const [a, b] = [numberOf(String(left)), numberOf(String(right))];
  return a !== undefined && b !== undefined && near(a, b, tolerance);
}

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);
const isBag = (value: Json): value is Bag => isContainer(value) && !isArray(value);
const isBlank = (value: Json): boolean => value === null || value === "" || value === "null";
