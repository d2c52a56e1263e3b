import { keyAtMargin, ruleKeyAtMargin } from "../yaml/keys.ts";

/** A stretch of a page, half open. */
export interface Section {
  readonly start: number;
  readonly end: number;
}

/** The parts of a page: prose, a bare query, the rule's YAML, and the scenarios. */
export interface PageSections {
  readonly hypothesis: Section;
  readonly query?: Section;
  readonly rule?: Section;
  readonly scenarios: Section;
}

interface PageLine {
  readonly text: string;
  readonly start: number;
}

const queryHeading = /^[#>*_\s-]*KQL(?: Query)?[*_:\s]*$/i;
const ruleHeading = /^[#>*_\s-]*(?:Sentinel )?(?:YAML|Rule|Analytics rule|Hunting query)(?: YAML)?[*_:\s]*$/i;
const scenarioLine = /^(?:[#>*_-][#>*_\s-]*)?(?:Scenario|Filter\s*\/\s*Exclusion)[*_\s]*:/i;

/** Whether a text is a page: a rule or a query with prose before it, a heading over it, or scenarios after it. */
export function isPage(text: string): boolean {
  const { query, rule, scenarios, hypothesis } = pageSections(text);
  if (query !== undefined) return true;
  const hasScenarios = scenarios.start < scenarios.end;
  return rule !== undefined && (hasScenarios || hasProse(text.slice(hypothesis.start, hypothesis.end)));
}

/** Finds the parts of a page; those that are not there are empty or left out. */
export function pageSections(text: string): PageSections {
  const lines = pageLines(text);
  const ruleFrom = ruleStart(lines);
  const headingAt = lines.findIndex((line, at) => queryHeading.test(line.text) && at < (ruleFrom ?? lines.length));
  const queryKey =
    ruleFrom === undefined ? headingAt : lines.findIndex(({ text }, at) => at >= ruleFrom && isQueryKey(text));
  const scenariosFrom = lines.findIndex(({ text }, at) => at > queryKey && scenarioLine.test(text));
  const scenariosAt = scenariosFrom < 0 || queryKey < 0 ? text.length : (lines[scenariosFrom]?.start ?? text.length);
  const bodyEnd = aboveRule(lines, ruleFrom) ?? scenariosAt;
  const queryAt = headingAt < 0 ? undefined : (lines[headingAt + 1]?.start ?? text.length);
  const ruleAt = ruleFrom === undefined ? undefined : lines[ruleFrom]?.start;
  return {
    hypothesis: { start: 0, end: headingAt < 0 ? bodyEnd : (lines[headingAt]?.start ?? 0) },
    ...(queryAt === undefined ? {} : { query: { start: queryAt, end: Math.max(queryAt, bodyEnd) } }),
    ...(ruleAt === undefined ? {} : { rule: { start: ruleAt, end: scenariosAt } }),
    scenarios: { start: scenariosAt, end: text.length },
  };
}

/** The line of the rule's first key: `id:` or `name:` with a `query:` below, or a key further up that leads to it. */
function ruleStart(lines: readonly PageLine[]): number | undefined {
  const named = lines.findIndex(({ text }) => /^(id|name):\s/.test(text));
  const query = lines.findIndex(({ text }, at) => at > named && isQueryKey(text));
  if (named < 0 || query < 0) return undefined;
  const keys = lines.slice(named).filter(({ text }) => ruleKeyAtMargin(text) !== undefined);
  if (keys.length < 3) return undefined;
  let start = named;
  for (let at = named - 1; at >= 0 && belongsToYaml(lines[at]?.text ?? ""); at--) {
    if (keyAtMargin(lines[at]?.text ?? "") !== undefined) start = at;
  }
  return start;
}

function belongsToYaml(line: string): boolean {
  return /^(\s|-\s|$)/.test(line) || keyAtMargin(line) !== undefined;
}

function isQueryKey(line: string): boolean {
  return /^query:(\s|$)/.test(line);
}

/** Where what stands above the rule ends: a heading of its own right above it belongs to neither. */
function aboveRule(lines: readonly PageLine[], ruleFrom: number | undefined): number | undefined {
  if (ruleFrom === undefined) return undefined;
  const above = lines.slice(0, ruleFrom).findLast(({ text }) => text.trim() !== "");
  return above !== undefined && ruleHeading.test(above.text) ? above.start : lines[ruleFrom]?.start;
}

function hasProse(text: string): boolean {
  return text.split(/\r\n|\n|\r/).some((line) => line.trim() !== "" && !/^\s*(#|---|%)/.test(line));
}

function pageLines(text: string): readonly PageLine[] {
  return [...text.matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g)].map((line) => ({
    text: line[0].trimEnd(),
    start: line.index,
  }));
}
