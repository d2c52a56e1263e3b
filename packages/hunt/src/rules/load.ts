import type { Position } from "@goshawk/kql";
import { formatOf } from "./format.ts";
import { loadJson } from "./json/load.ts";
import { loadKql } from "./kql/load.ts";
import { limits } from "./limits.ts";
import { loadMarkdown } from "./markdown/load.ts";
import { type Notes, noteProblem, noteRepair, notesOn } from "./notes.ts";
import { loadPage } from "./page/load.ts";
import { ruleProblem } from "./problem.ts";
import type { Repair } from "./repair.ts";
import type { RuleFile, RuleFormat } from "./rule.ts";
import { sameRules } from "./sameRules.ts";
import { unchanged } from "./text/edits.ts";
import { loadYaml } from "./yaml/load.ts";

export interface LoadRulesOptions {
  /** What ids are derived from in place of the path, so that they don't depend on how the path was typed. */
  readonly identity?: string;
  /** What was repaired already while the file's bytes became text. */
  readonly repairs?: readonly Repair[];
}

type Loaded = Pick<RuleFile, "rules" | "drafts" | "page" | "mended">;

/** Reads the text of a rule file: its rules, what was repaired and what is wrong; never throws for what the file holds. */
export function loadRules(text: string, path: string, options: LoadRulesOptions = {}): RuleFile {
  const body = text.startsWith("\ufeff") ? text.slice(1) : text;
  const notes = notesOn(path, body);
  notes.repairs.push(...(options.repairs ?? []));
  if (body !== text) noteRepair(notes, "byte-order-mark", 0, { encoding: "Unicode" });
  if (refusedUnread(body, notes)) return fileOf("kql", nothing, notes, options);
  const format = formatOf(path, body);
  if (format === undefined) noteProblem(notes, "no-rule", 0, { expected: "KQL, or the YAML of a rule" });
  const loaded = format === undefined ? nothing : loadAs(format, body, options.identity ?? path, notes);
  return fileOf(format ?? "kql", loaded, notes, options);
}

/** Whether a path ends as a JSON file does. */
export function isJson(path: string): boolean {
  return /\.json$/i.test(path);
}

const top: Position = { line: 1, column: 1 };
const nothing: Loaded = { rules: [], drafts: [] };

/** Says why a text is not even looked at. */
function refusedUnread(text: string, notes: Notes): boolean {
  const zero = text.indexOf("\0");
  const limit = isJson(notes.path) ? limits.jsonCharacters : limits.characters;
  if (text.length > limit) noteProblem(notes, "too-large", 0, { size: text.length, limit });
  else if (zero >= 0) noteProblem(notes, "not-text", zero, { reason: "it holds a zero character" });
  else if (text.trim() === "") noteProblem(notes, "empty-file", 0, {});
  return notes.problems.length > 0;
}

function loadAs(format: RuleFormat, text: string, identity: string, notes: Notes): Loaded {
  switch (format) {
    case "yaml":
      return { ...loadYaml(unchanged(text), identity, notes), drafts: [] };
    case "json":
      return { rules: loadJson(text, identity, notes), drafts: [] };
    case "kql":
      return { rules: loadKql(text, identity, notes), drafts: [] };
    case "markdown":
      return { rules: loadMarkdown(text, identity, notes), drafts: [] };
    case "page":
      return loadPage(text, identity, notes);
  }
}

function fileOf(format: RuleFormat, { mended, ...loaded }: Loaded, notes: Notes, options: LoadRulesOptions): RuleFile {
  const file = filed(format, loaded, notes);
  const worthIt = file.repairs.length > 0 || format === "page";
  if (mended === undefined || !worthIt || notes.failed || loaded.rules.length === 0) return file;
  const doubt = doubtAbout(mended, file, options);
  if (doubt === undefined) return { ...file, mended };
  noteProblem(notes, "not-mended", 0, { reason: doubt });
  return filed(format, loaded, notes);
}

function filed(format: RuleFormat, loaded: Omit<Loaded, "mended">, notes: Notes): RuleFile {
  const { path, unlisted } = notes;
  const repairs = notes.repairs.toSorted(byPlace);
  const problems = notes.problems.toSorted(byPlace);
  if (unlisted > 0) problems.push(ruleProblem("more-of-them", path, top, { count: unlisted }));
  return { path, format, ...loaded, repairs, problems };
}

function byPlace(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column;
}

/** A mended file is offered only when reading it again needs no repair and gives the same rules. */
function doubtAbout(mended: string, file: RuleFile, { identity }: LoadRulesOptions): string | undefined {
  const notes = notesOn(file.path, mended);
  const format = formatOf("mended.yaml", mended) ?? "yaml";
  const again = loadAs(format, mended, identity ?? file.path, notes);
  if (notes.failed) return "reading it again failed";
  if (notes.repairs.length > 0) return "reading it again needed repairs";
  return sameRules(again.rules, file.rules) ? undefined : "reading it again gave another rule";
}
