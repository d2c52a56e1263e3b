import { arrayText, identity, isArray, isBag, jsonKind } from "../../values/dynamicValue.ts";
import { elements } from "../../values/jsonText.ts";
import { type HostFunction, type HostValue, hostFunction, packedFunction } from "./define.ts";
import { sortTogether } from "./sortArrays.ts";

/** Functions of arrays; elements keep their JSON texts. What is no array gives null unless said otherwise. */
export const arrays: readonly HostFunction[] = [
  packedFunction("goshawk_array_concat", "VARCHAR", (args) => arrayText(args.flatMap(elements))),
  packedFunction("goshawk_array_iff", "VARCHAR", chosen),
  packedFunction("goshawk_array_sort_asc", "VARCHAR", (args) => sortTogether(args, { descending: false })),
  packedFunction("goshawk_array_sort_desc", "VARCHAR", (args) => sortTogether(args, { descending: true })),
  packedFunction("goshawk_zip", "VARCHAR", zipped),
  ofArray("goshawk_array_reverse", [], (items) => items.toReversed()),
  ofArray("goshawk_array_slice", ["BIGINT", "BIGINT"], (items, start, end) => {
    const [from, to] = [fromEnd(items, start), fromEnd(items, end)];
    return items.slice(Math.max(from, 0), Math.max(to + 1, 0));
  }),
  ofArray("goshawk_array_rotate_left", ["BIGINT"], (items, count) => {
    const by = items.length === 0 ? 0 : modulo(count, items.length);
    return [...items.slice(by), ...items.slice(0, by)];
  }),
  ofArray("goshawk_array_shift_left", ["BIGINT"], (items, count) => shiftedLeft(items, Number(count), undefined)),
  hostFunction("goshawk_array_shift_left_with", ["VARCHAR", "BIGINT", "VARCHAR"], "VARCHAR", (array, count, fill) =>
    isArray(String(array)) ? arrayText(shiftedLeft(elements(String(array)), Number(count), String(fill))) : null,
  ),
  hostFunction("goshawk_array_split", ["VARCHAR", "VARCHAR"], "VARCHAR", (array, places) =>
    isArray(String(array)) ? arrayText(split(elements(String(array)), String(places)).map(arrayText)) : null,
  ),
  hostFunction(
    "goshawk_array_index_of",
    ["VARCHAR", "VARCHAR", "BIGINT", "BIGINT", "BIGINT"],
    "BIGINT",
    (array, value, start, length, occurrence) =>
      isArray(String(array))
        ? indexOf(elements(String(array)), String(value), Number(start), Number(length), Number(occurrence))
        : null,
  ),
];

function ofArray(
  name: HostFunction["name"],
  more: readonly "BIGINT"[],
  run: (items: readonly string[], ...args: readonly HostValue[]) => readonly string[],
): HostFunction {
  return hostFunction(name, ["VARCHAR", ...more], "VARCHAR", (array, ...args) =>
    isArray(String(array)) ? arrayText(run(elements(String(array)), ...args)) : null,
  );
}

/** An index as it is written: negative ones count from the end. */
function fromEnd(items: readonly string[], index: HostValue | undefined): number {
  const at = Number(index);
  return at < 0 ? items.length + at : at;
}

function modulo(count: HostValue | undefined, size: number): number {
  const by = BigInt(String(count)) % BigInt(size);
  return Number(by < 0n ? by + BigInt(size) : by);
}

/** Array of conditions, and what to take where each is true or false: arrays, or one value for all. */
function chosen(args: readonly string[]): string | null {
  const [conditions = "", whenTrue = "null", whenFalse = "null"] = args;
  if (!isArray(conditions)) return null;
  const [yes, no] = [elementsOrValue(whenTrue), elementsOrValue(whenFalse)];
  return arrayText(
    elements(conditions).map((condition, index) => {
      const kind = jsonKind(condition);
      if (kind === "bool") return (condition === "true" ? yes : no)(index);
      return kind === "number" ? (Number(condition) !== 0 ? yes : no)(index) : "null";
    }),
  );
}

function elementsOrValue(json: string): (index: number) => string {
  if (!isArray(json)) return () => json;
  const items = elements(json);
  return (index) => items[index] ?? "null";
}

/** Arrays side by side; what is no array is an array of one. */
function zipped(args: readonly string[]): string {
  const columns = args.map((arg) => (isArray(arg) ? elements(arg) : [arg]));
  const length = Math.max(0, ...columns.map((items) => items.length));
  return arrayText(Array.from({ length }, (_, index) => arrayText(columns.map((items) => items[index] ?? "null"))));
}

/** Places that become free are filled: with empty strings among strings, else with null. */
function shiftedLeft(items: readonly string[], count: number, fill: string | undefined): readonly string[] {
  const texts = items.length > 0 && items.every((item) => jsonKind(item) === "string");
  const filler = fill ?? (texts ? '""' : "null");
  return items.map((_, index) => items[index + count] ?? filler);
}

function split(items: readonly string[], places: string): readonly (readonly string[])[] {
  const indices = isArray(places) ? elements(places) : [places];
  const starts = indices.map((text) => Math.min(Math.max(fromEnd(items, Number(text)), 0), items.length));
  const bounds = [0, ...starts, items.length];
  return bounds.slice(1).map((end, index) => items.slice(bounds[index], Math.max(end, bounds[index] ?? 0)));
}

function indexOf(
  items: readonly string[],
  value: string,
  start: number,
  length: number,
  occurrence: number,
): bigint | null {
  if (occurrence < 0 || length < -1 || isBag(value) || isArray(value)) return null;
  const from = Math.max(fromEnd(items, start), 0);
  const to = length === -1 ? items.length : Math.min(items.length, from + length);
  const wanted = identity(value);
  let seen = 0;
  for (let at = from; at < to; at++) {
    if (identity(items[at] ?? "") === wanted && ++seen === Math.max(occurrence, 1)) return BigInt(at);
  }
  return -1n;
}
