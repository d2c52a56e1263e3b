import { conditionOutline } from "@goshawk/kql";
import type { ScenarioDraft } from "../../rules/rule.ts";
import { bypassOf, comparisonsOf, placeholdersOf, polarityOf } from "../outline.ts";
import { columnOf } from "./fields.ts";

/** A scenario as an exclusion of a table: everything but what it means, which a person decides. */
export interface DraftedExclusion {
  readonly id: string;
  readonly scenario: string;
  /** The expression as the page has it. */
  readonly written: string;
  /** KQL over the table that shows it; undefined where the expression can't be read. */
  readonly when?: string;
  /** The table whose columns `when` names, where the rule's own lacks them. */
  readonly evidenceTable?: string;
  /** Fields that no table at hand has. */
  readonly unknown: readonly string[];
  readonly polarity: "drop" | "keep" | "mixed";
  readonly placeholders: readonly string[];
  readonly bypass?: string;
}

/** The columns of a table, or undefined for one that is not known. */
export type ColumnsOf = (table: string) => ReadonlySet<string> | undefined;

/** Tables in which what happened to a file shows, most telling first. */
export const siblingTables: readonly string[] = ["DeviceFileEvents", "DeviceImageLoadEvents", "DeviceProcessEvents"];

/** Resolves a scenario's field names: in the rule's table when it has them all, else in the first sibling that has. */
export function draftExclusion(
  draft: ScenarioDraft,
  table: string,
  siblings: readonly string[],
  columnsOf: ColumnsOf,
): DraftedExclusion {
  const { scenario, expression } = draft;
  const base = { id: idOf(scenario), scenario, written: expression };
  const outline = conditionOutline(expression);
  if (outline === undefined) return { ...base, unknown: [], polarity: "mixed", placeholders: [] };
  const fields = [...new Set(comparisonsOf(outline).map(({ field }) => field))];
  const lacking = (name: string): readonly string[] => {
    const columns = columnsOf(name);
    return fields.filter((field) => columns?.has(columnOf(field, name)) !== true);
  };
  const found = [table, ...siblings].find((name) => lacking(name).length === 0);
  const shows = found ?? siblings[0] ?? table;
  const resolve = (field: string): string => columnOf(field, shows);
  const polarity = polarityOf(outline);
  const bypass = polarity === "keep" ? undefined : bypassOf(outline, resolve);
  return {
    ...base,
    when: rewritten(expression, outline, resolve),
    ...(shows === table ? {} : { evidenceTable: shows }),
    unknown: found === undefined ? lacking(shows) : [],
    polarity,
    placeholders: placeholdersOf(outline, resolve),
    ...(bypass === undefined ? {} : { bypass }),
  };
}

/** The expression with columns for fields; names of files and folders are compared as Windows does, in any case. */
function rewritten(
  text: string,
  outline: NonNullable<ReturnType<typeof conditionOutline>>,
  resolve: (field: string) => string,
): string {
  const edits = comparisonsOf(outline).flatMap(({ field, fieldSpan, operator, operatorSpan }) => [
    { at: fieldSpan, to: resolve(field) },
    ...(operator === "==" || operator === "!=" ? [{ at: operatorSpan, to: operator === "==" ? "=~" : "!~" }] : []),
  ]);
  return edits
    .toSorted((a, b) => b.at.start - a.at.start)
    .reduce((done, { at, to }) => done.slice(0, at.start) + to + done.slice(at.end), text);
}

const smallWords = new Set([
  "a",
  "an",
  "the",
  "to",
  "is",
  "of",
  "and",
  "by",
  "via",
  "which",
  "that",
  "in",
  "on",
  "with",
]);

function idOf(scenario: string): string {
  const words = scenario.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return (
    words
      .filter((word) => !smallWords.has(word))
      .slice(0, 6)
      .join("-") || "scenario"
  );
}
