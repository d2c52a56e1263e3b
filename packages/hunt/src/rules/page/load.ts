import { stemOf } from "../identity.ts";
import { hasCode } from "../kql/looksLikeKql.ts";
import { queryRule } from "../kql/queryRule.ts";
import { type Notes, noteProblem } from "../notes.ts";
import type { Page, Rule, ScenarioDraft } from "../rule.ts";
import { applyEdits, type MappedText, unchanged } from "../text/edits.ts";
import { placeIn } from "../text/lines.ts";
import { originOf, wholeText } from "../text/origin.ts";
import { loadYaml } from "../yaml/load.ts";
import { scenarioDrafts } from "./scenarios.ts";
import { pageSections, type Section } from "./sections.ts";

/** What a page holds: its rule, the hypothesis, the scenarios, and the page as the YAML of a rule. */
export interface PageRules {
  readonly rules: readonly Rule[];
  readonly page: Page;
  readonly drafts: readonly ScenarioDraft[];
  readonly mended?: string;
}

/** Reads a page; a bare query that repeats the rule's own is the same rule. */
export function loadPage(text: string, identity: string, notes: Notes): PageRules {
  const sections = pageSections(text);
  const hypothesis = prose(text.slice(sections.hypothesis.start, sections.hypothesis.end));
  const scenarios = text.slice(sections.scenarios.start);
  const drafts = scenarioDrafts(scenarios, sections.scenarios.start, notes);
  const described = sections.rule && loadYaml(only(text, sections.rule), identity, notes);
  const rules = described?.rules ?? [];
  const bare = bareQuery(text, sections.query);
  const repeats = bare !== undefined && rules.some(({ query }) => folded(query) === folded(bare.query));
  const page: Page = repeats ? { hypothesis, repeatedAt: placeIn(notes.lineStarts, bare.start) } : { hypothesis };
  if (bare === undefined || repeats) {
    if (described === undefined) noteProblem(notes, "empty-query", sections.query?.start ?? 0, {});
    const mended = described && withComments(hypothesis, described.mended, scenarios);
    return { rules, page, drafts, ...(mended === undefined ? {} : { mended }) };
  }
  if (rules.length > 0) noteProblem(notes, "two-queries", bare.start, {});
  return { rules: [...rules, ruleOfBare(bare, { rules, hypothesis, identity }, text, notes)], page, drafts };
}

/** A section of a page as a text of its own that knows where it came from. */
function only(text: string, { start, end }: Section): MappedText {
  return applyEdits(unchanged(text), [
    { start: 0, end: start, text: "" },
    { start: end, end: text.length, text: "" },
  ]);
}

interface Bare {
  readonly query: string;
  readonly start: number;
}

function bareQuery(text: string, section: Section | undefined): Bare | undefined {
  const query = section === undefined ? "" : text.slice(section.start, section.end).trimEnd();
  return section !== undefined && hasCode(query) ? { query, start: section.start } : undefined;
}

interface Around {
  readonly identity: string;
  readonly hypothesis: string;
  readonly rules: readonly Rule[];
}

function ruleOfBare({ query, start }: Bare, { identity, hypothesis, rules }: Around, text: string, notes: Notes): Rule {
  const { path, lineStarts } = notes;
  const name = rules[0] === undefined ? stemOf(path) : `${rules[0].name} (KQL Query)`;
  const queryOrigin = originOf(wholeText(query, start), unchanged(text), lineStarts);
  return queryRule({ name, description: hypothesis, query, queryOrigin, path, identity, part: rules.length + 1 });
}

function folded(query: string): string {
  return query.replaceAll(/\s+/g, " ").trim();
}

/** The text of a section, also where a mended page keeps it as comments. */
function prose(section: string): string {
  const lines = section.trim().split("\n");
  return lines.every((line) => line.startsWith("#"))
    ? lines.map((line) => line.replace(/^# ?/, "")).join("\n")
    : section.trim();
}

/** The mended YAML keeps what the page says around the rule, as comments. */
function withComments(hypothesis: string, yaml: string, scenarios: string): string {
  const parts = [comment(hypothesis), yaml.trimEnd(), comment(scenarios)].filter((part) => part !== "");
  return `${parts.join("\n")}\n`;
}

function comment(text: string): string {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "");
  return lines.map((line) => `# ${line.trim().replace(/^# /, "")}`).join("\n");
}
