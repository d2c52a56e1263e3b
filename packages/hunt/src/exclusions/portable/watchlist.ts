import { type Comparison, type Condition, conditionOutline } from "@goshawk/kql";
import type { Exclusion } from "../exclusion.ts";

/** An exclusion that is a list of values, as a watchlist and the exclusion that reads it. */
export interface Watchlisted {
  readonly alias: string;
  readonly column: string;
  readonly values: readonly string[];
  /** The same exclusion with its values taken from the watchlist. */
  readonly exclusion: Exclusion;
}

/** Undefined where the condition is anything but one column being one of some texts. */
export function watchlisted(exclusion: Exclusion): Watchlisted | undefined {
  const outline = conditionOutline(exclusion.when);
  const comparisons = outline === undefined ? undefined : listed(outline);
  const [first] = comparisons ?? [];
  if (comparisons === undefined || first === undefined) return undefined;
  const anyCase = foldsCase(first);
  if (comparisons.some((item) => item.field !== first.field || foldsCase(item) !== anyCase)) return undefined;
  const alias = exclusion.id;
  const column = first.field;
  const when = `${column} ${anyCase ? "in~" : "in"} ((_GetWatchlist('${alias}') | project ${column}))`;
  return {
    alias,
    column,
    values: [...new Set(comparisons.flatMap(({ values }) => values))],
    exclusion: { ...exclusion, when },
  };
}

const equal = new Set(["==", "=~", "in", "in~"]);

function listed(condition: Condition): readonly Comparison[] | undefined {
  if (condition.kind === "comparison")
    return equal.has(condition.operator) && /^[A-Za-z_]\w*$/.test(condition.field) ? [condition] : undefined;
  if (condition.kind !== "or") return undefined;
  const parts = condition.parts.map(listed);
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

function foldsCase({ operator }: Comparison): boolean {
  return operator.endsWith("~");
}

/** The watchlist as Sentinel takes it: a header and a value a line, every value in quotes and as it is. */
export function watchlistCsv({ column, values }: Watchlisted): string {
  return `${[column, ...values].map((value) => `"${value.replaceAll('"', '""')}"`).join("\r\n")}\r\n`;
}
