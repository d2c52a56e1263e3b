import { quoteText } from "@goshawk/kql";

/** Which number comes first in dates such as 3/4/2026; `unsure` where nothing in a file tells. */
export type DateOrder = "day" | "month" | "unsure";

const late = "(1[3-9]|2[0-9]|3[01])";
const patterns = [
  `^${late}[/.-][0-9]{1,2}[/.-][0-9]{4}`,
  `^[0-9]{1,2}[/.-]${late}[/.-][0-9]{4}`,
  "^[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}",
];

/** SQL aggregates over cells that may be dates, whose three answers `dateOrderOf` reads. */
export function dateOrderSql(cells: readonly string[]): readonly string[] {
  if (cells.length === 0) return patterns.map(() => "false");
  return patterns.map((pattern) => {
    // ISO dates, the most of all, are told by one byte.
    const any = cells.map((cell) => `(${cell}[5] <> '-' and regexp_matches(${cell}, ${quoteText(pattern)}))`);
    return `coalesce(bool_or(${any.join(" or ")}), false)`;
  });
}

/** By the dates that can be read in one way only. */
export function dateOrderOf([day, month, numeric]: readonly (string | undefined)[]): DateOrder {
  if (day === "true") return "day";
  return numeric === "true" && month === "false" ? "unsure" : "month";
}

/** Whether a column may hold dates, by its name. */
export function mayHoldDates(name: string): boolean {
  return /time|date|timestamp/i.test(name);
}
