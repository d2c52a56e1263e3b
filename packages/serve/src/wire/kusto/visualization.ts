import type { Render } from "@goshawk/kql";

const none = {
  Visualization: null,
  Title: null,
  XColumn: null,
  Series: null,
  YColumns: null,
  AnomalyColumns: null,
  XTitle: null,
  YTitle: null,
  XAxis: null,
  YAxis: null,
  Legend: null,
  YSplit: null,
  Accumulate: false,
  IsQuerySorted: false,
  Kind: null,
  Ymin: "NaN",
  Ymax: "NaN",
  Xmin: null,
  Xmax: null,
};

const keys = new Map(Object.keys(none).map((key) => [key.toLowerCase(), key]));
const lists = new Set(["Series", "YColumns", "AnomalyColumns"]);

/** How an answer is to be shown, as Kusto's text in the extended properties. */
export function visualizationText(render: Render | undefined): string {
  return JSON.stringify(render === undefined ? none : { ...none, ...given(render) });
}

/** The same in the words of Azure Monitor. */
export function visualizationWords(render: Render | undefined): object {
  if (render === undefined) return { visualization: "table" };
  const entries = Object.entries(given(render)).map(([key, value]) => [
    `${key[0]?.toLowerCase()}${key.slice(1)}`,
    value,
  ]);
  return Object.fromEntries(entries);
}

function given({ chart, properties }: Render): Readonly<Record<string, unknown>> {
  const known = Object.entries(properties).flatMap(([name, value]): readonly (readonly [string, unknown])[] => {
    const key = keys.get(name.toLowerCase());
    if (key === undefined) return [];
    if (lists.has(key)) return [[key, value.split(",")]];
    return [[key, key === "Accumulate" ? value.toLowerCase() === "true" : value]];
  });
  return { Visualization: chart, ...Object.fromEntries(known) };
}
