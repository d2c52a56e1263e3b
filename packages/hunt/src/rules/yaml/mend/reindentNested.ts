import { type Reading, sayRepair } from "../../notes.ts";
import { keyAtMargin, ruleKeyAtMargin } from "../keys.ts";
import { leadingSpaces, type SourceLine, sourceLines } from "../sourceLines.ts";

/** The column at which each kind of line stands below its key; the first pattern that fits counts. */
type Layout = readonly (readonly [pattern: RegExp, column: number])[];

const anyKey = /^[A-Za-z_][\w-]*:(\s|$)/;
const layouts: Readonly<Record<string, Layout>> = {
  requiredDataConnectors: [
    [/^- *(connectorId|datatypes):/i, 2],
    [/^(connectorId|datatypes):/i, 4],
    [/^- *\S/, 6],
  ],
  entityMappings: [
    [/^- *(entityType|fieldMappings):/, 2],
    [/^(entityType|fieldMappings):/, 4],
    [/^- *(identifier|columnName):/, 6],
    [/^(identifier|columnName):/, 8],
  ],
  alertDetailsOverride: [[/^alert[A-Z]\w*:/, 2]],
  eventGroupingSettings: [[/^aggregationKind:/, 2]],
  incidentConfiguration: [
    [/^(createIncident|groupingConfiguration):/, 2],
    [/^(enabled|reopenClosedIncident|lookbackDuration|matchingMethod|groupBy\w+):/, 4],
    [/^- *\S/, 6],
  ],
};

/** The keys of a custom detail are free, so that only a file that lost its margin elsewhere tells them apart. */
const layoutsOfALostFile: Readonly<Record<string, Layout>> = { ...layouts, customDetails: [[anyKey, 2]] };

/** Indents lists and mappings whose lines all fell to the left margin. */
export function reindentNested(reading: Reading): void {
  const lost = reading.notes.repairs.some(({ code }) => code === "lost-indentation");
  const lines = sourceLines(reading.source.text);
  for (const [at, line] of lines.entries()) {
    const key = line.block === undefined ? ruleKeyAtMargin(line.text) : undefined;
    const layout = key === undefined ? undefined : (lost ? layoutsOfALostFile : layouts)[key];
    if (key === undefined || layout === undefined || line.text.trimEnd() !== `${key}:`) continue;
    reindentSection(reading, key, layout, sectionAfter(lines, at + 1, layout));
  }
}

/** The lines from here to the next key that does not belong below. */
function sectionAfter(lines: readonly SourceLine[], from: number, layout: Layout): readonly SourceLine[] {
  let end = from;
  for (let line = lines[end]; line !== undefined && belongsBelow(line.text, layout); line = lines[end]) end++;
  return lines.slice(from, end);
}

function belongsBelow(text: string, layout: Layout): boolean {
  if (keyAtMargin(text) === undefined) return !/^(---|\.\.\.)(\s|$)/.test(text);
  if (ruleKeyAtMargin(text) !== undefined && !isNamed(layout, text)) return false;
  return columnFor(layout, text) !== undefined;
}

/** "enabled:" is a key of the rule and of its incident configuration. */
function isNamed(layout: Layout, text: string): boolean {
  return layout.some(([pattern]) => pattern !== anyKey && pattern.test(text));
}

function columnFor(layout: Layout, text: string): number | undefined {
  return layout.find(([pattern]) => pattern.test(text))?.[1];
}

function reindentSection(reading: Reading, key: string, layout: Layout, section: readonly SourceLine[]): void {
  const first = section.find(({ text }) => keyAtMargin(text) !== undefined);
  if (first === undefined) return;
  const edits = section.flatMap(({ text, start }) => {
    const column = columnFor(layout, text.trimStart());
    const spaces = leadingSpaces(text);
    return column === undefined || column === spaces ? [] : [{ start, end: start + spaces, text: " ".repeat(column) }];
  });
  const top = section.find(({ text }) => text.trim() !== "") ?? first;
  sayRepair(reading, "lost-indentation", top.start, { key, lines: edits.length }, edits);
}
