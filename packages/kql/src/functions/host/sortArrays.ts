import { arrayText, compareText, isArray, jsonKind, plainText } from "../../values/dynamicValue.ts";
import { elements } from "../../values/jsonText.ts";
import { parseTimespan } from "../../values/parseTimespan.ts";

const timespan = /^-?(\d+\.)?\d{2}:\d{2}:\d{2}(\.\d{7})?$/;

/**
 * `array_sort_asc(first, …others[, nulls_last])`: the first array in order, the others rearranged alike. The answer is
 * an array of the sorted arrays; null for what is no array of the first one's length.
 */
export function sortTogether(args: readonly string[], how: { readonly descending: boolean }): string {
  const flag = args.at(-1);
  const flagged = args.length > 1 && (flag === "true" || flag === "false");
  const nullsLast = !(flagged && flag === "false");
  const columns = flagged ? args.slice(0, -1) : args;
  const first = columns[0] ?? "null";
  if (!isArray(first)) return arrayText(columns.map(() => "null"));
  const order = sortedPlaces(elements(first), { ...how, nullsLast });
  return arrayText(columns.map((column) => rearranged(column, order)));
}

function rearranged(column: string, order: readonly number[]): string {
  if (!isArray(column)) return "null";
  const items = elements(column);
  return items.length === order.length ? arrayText(order.map((place) => items[place] ?? "null")) : "null";
}

interface Key {
  readonly place: number;
  readonly rank: number;
  readonly number: number;
  readonly text: string;
}

function sortedPlaces(
  items: readonly string[],
  how: { readonly descending: boolean; readonly nullsLast: boolean },
): readonly number[] {
  const spans = items.every((item) => jsonKind(item) !== "string" || timespan.test(plainText(item)));
  const keys = items.map((item, place) => keyOf(item, place, spans));
  const sign = how.descending ? -1 : 1;
  const compare = (a: Key, b: Key): number => {
    const [aNull, bNull] = [a.rank < 0, b.rank < 0];
    if (aNull || bNull) return aNull === bNull ? a.place - b.place : aNull === how.nullsLast ? 1 : -1;
    return a.rank - b.rank || sign * (a.number - b.number || compareText(a.text, b.text)) || a.place - b.place;
  };
  return keys.sort(compare).map((key) => key.place);
}

/** Numbers come first (timespans among them), then strings, then all else. */
function keyOf(item: string, place: number, spans: boolean): Key {
  switch (jsonKind(item)) {
    case "null":
      return { place, rank: -1, number: 0, text: "" };
    case "number":
      return { place, rank: 0, number: Number(item), text: "" };
    case "string": {
      const text = plainText(item);
      const ticks = spans ? parseTimespan(text) : undefined;
      return ticks === undefined
        ? { place, rank: 1, number: 0, text }
        : { place, rank: 0, number: Number(ticks), text: "" };
    }
    case "bool":
      return { place, rank: 2, number: item === "true" ? 1 : 0, text: "" };
    case "array":
    case "bag":
      return { place, rank: 2, number: 2, text: "" };
  }
}
