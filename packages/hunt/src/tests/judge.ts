import type { ResultTable } from "@goshawk/engine";
import type { Rule } from "../rules/rule.ts";
import { triggers } from "../schedule/trigger.ts";
import { isExpected } from "./cells.ts";
import type { EventRow, Expectation } from "./testCase.ts";

const SHOWN = 5;

/** What differs between a rule's rows and what a case expects; empty where nothing does. */
export function differences(expect: Expectation, rule: Rule, table: ResultTable): readonly string[] {
  switch (expect.kind) {
    case "fires":
      return triggers(rule, table.rows.length)
        ? []
        : [`expected: it fires`, `found:    ${counted(table)}, and ${condition(rule)} is needed`];
    case "nothing":
      return triggers(rule, table.rows.length)
        ? ["expected: it doesn't fire", `found:    ${counted(table)}`, ...someRows(table)]
        : [];
    case "count":
      return table.rows.length === expect.count
        ? []
        : [`expected: ${plural(expect.count)}`, `found:    ${counted(table)}`, ...someRows(table)];
    case "rows":
      return rowDifferences(expect.rows, expect.more, table);
  }
}

const operators = {
  GreaterThan: "more than",
  LessThan: "fewer than",
  Equal: "exactly",
  NotEqual: "other than",
} as const;

function condition({ triggerOperator, triggerThreshold }: Rule): string {
  return `${operators[triggerOperator ?? "GreaterThan"]} ${triggerThreshold ?? 0}`;
}

function counted(table: ResultTable): string {
  return plural(table.rows.length);
}

function plural(count: number): string {
  return `${count} row${count === 1 ? "" : "s"}`;
}

function rowDifferences(expected: readonly EventRow[], more: boolean, table: ResultTable): readonly string[] {
  const types = new Map(table.columns.map((column, index) => [column.name, { type: column.type, index }]));
  const unknown = [...new Set(expected.flatMap((row) => Object.keys(row)))].filter((name) => !types.has(name));
  if (unknown.length > 0)
    return [`expected: the columns ${unknown.join(", ")}`, `found:    the columns ${[...types.keys()].join(", ")}`];
  const wrong = (row: EventRow, cells: ResultTable["rows"][number]): readonly string[] =>
    Object.entries(row).flatMap(([name, value]) => {
      const column = types.get(name);
      const cell = column === undefined ? null : (cells[column.index] ?? null);
      return column !== undefined && isExpected(value, cell, column.type) ? [] : [name];
    });
  const left = [...table.rows];
  const missing: EventRow[] = [];
  for (const row of expected) {
    const index = left.findIndex((cells) => wrong(row, cells).length === 0);
    if (index < 0) missing.push(row);
    else left.splice(index, 1);
  }
  const lines = missing.slice(0, SHOWN).flatMap((row) => {
    const [nearest] = left.toSorted((a, b) => wrong(row, a).length - wrong(row, b).length);
    const shown = `- ${JSON.stringify(row)}`;
    if (nearest === undefined) return [shown];
    const found = Object.fromEntries(wrong(row, nearest).map((name) => [name, nearest[types.get(name)?.index ?? 0]]));
    return [shown, `  nearest row has ${JSON.stringify(found)}`];
  });
  const extra = more ? [] : left;
  if (missing.length > SHOWN) lines.push(`  and ${missing.length - SHOWN} more that are missing`);
  if (extra.length > 0) lines.push(...rowLines(extra, table));
  return lines;
}

function someRows(table: ResultTable): readonly string[] {
  return rowLines(table.rows, table);
}

function rowLines(rows: ResultTable["rows"], table: ResultTable): readonly string[] {
  const lines = rows.slice(0, SHOWN).map((row) => {
    const cells = table.columns.flatMap(({ name }, index) => {
      const cell = row[index] ?? "";
      return cell === "" ? [] : [[name, cell.length > 80 ? `${cell.slice(0, 80)}…` : cell]];
    });
    return `+ ${JSON.stringify(Object.fromEntries(cells))}`;
  });
  return rows.length > SHOWN ? [...lines, `  and ${rows.length - SHOWN} more`] : lines;
}
