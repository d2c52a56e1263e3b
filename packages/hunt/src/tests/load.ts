import { readFileSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type Position, positionAt } from "@goshawk/kql/values";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { type Document, LineCounter, parseDocument } from "yaml";
import { limits } from "../rules/limits.ts";
import { decodeRuleText } from "../rules/text/decode.ts";
import { shown } from "../rules/text/shown.ts";
import { tokensOf } from "../rules/yaml/tokens.ts";
import type { EventRow, Expectation, TestCase, TestProblem } from "./testCase.ts";
import { keepDigits, quotedDigits } from "./wholeNumbers.ts";

const MOST_BYTES = 2 * 2 ** 20;
const MOST_EVENT_BYTES = 64 * 2 ** 20;
const MOST_ALIASES = 100;
const MOST_PROBLEMS = 20;

export interface LoadedTests {
  readonly cases: readonly TestCase[];
  /** A file with a problem gives no case. */
  readonly problems: readonly TestProblem[];
}

/** The cases of test files, and of the files `*.test.yaml` in folders and below. */
export async function loadTests(paths: readonly string[], signal?: AbortSignal): Promise<LoadedTests> {
  const cases: TestCase[] = [];
  const problems: TestProblem[] = [];
  for (const path of paths) {
    for await (const file of testFiles(path, true, signal)) {
      const found = await loadFile(file);
      cases.push(...found.cases);
      problems.push(...found.problems);
    }
  }
  return { cases, problems };
}

/** Whether a file holds tests by its name. */
export function isTestFile(name: string): boolean {
  return /\.tests?\.ya?ml$/i.test(name);
}

async function* testFiles(path: string, named: boolean, signal?: AbortSignal): AsyncGenerator<string> {
  signal?.throwIfAborted();
  if (!(await stat(path)).isDirectory()) {
    if (isTestFile(path) || (named && /\.ya?ml$/i.test(path) && (await holdsTests(path)))) yield path;
    else if (named) yield* besideRule(path);
    return;
  }
  for (const entry of (await readdir(path, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const inner = join(path, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
      yield* testFiles(inner, false, signal);
    else if (entry.isFile() && isTestFile(entry.name)) yield inner;
  }
}

/** The test files that are called as a rule's file is. */
async function* besideRule(path: string): AsyncGenerator<string> {
  const stem = basename(path).replace(/\.[^.]*$/, "");
  for (const name of await readdir(dirname(path)))
    if (isTestFile(name) && name.replace(/\.tests?\.ya?ml$/i, "") === stem) yield join(dirname(path), name);
}

async function holdsTests(path: string): Promise<boolean> {
  if ((await stat(path)).size > MOST_BYTES) return false;
  return /^tests:(?=\s|$)/m.test(await readFile(path, "utf8"));
}

async function loadFile(path: string): Promise<LoadedTests> {
  const { size } = await stat(path);
  const fail = (message: string): LoadedTests => ({ cases: [], problems: [{ path, line: 1, column: 1, message }] });
  if (size > MOST_BYTES)
    return fail(`The file has ${size} bytes; a test file may have ${MOST_BYTES}: put events into files of their own.`);
  return parseTests(decodeRuleText(new Uint8Array(await readFile(path))).text, path);
}

/** A case as its file writes it, which the schema has checked. */
interface Written {
  readonly name: string;
  readonly rule?: string;
  readonly now?: string;
  readonly exclusions?: string;
  readonly events?: Readonly<Record<string, readonly EventRow[] | { readonly file: string }>>;
  readonly expect:
    | "fires"
    | "nothing"
    | { readonly count: number }
    | { readonly rows: readonly EventRow[]; readonly more?: boolean };
}

let validator: ValidateFunction | undefined;

function validate(): ValidateFunction {
  validator ??= new Ajv2020({ allErrors: true, strict: true, verbose: true }).compile(
    JSON.parse(readFileSync(new URL("../../tests.schema.json", import.meta.url), "utf8")) as object,
  );
  return validator;
}

/** The cases of one YAML text; files of events are read from beside it. */
export async function parseTests(text: string, path: string): Promise<LoadedTests> {
  const { tooDeepAt } = tokensOf(text);
  if (tooDeepAt !== undefined) {
    const { line, column } = positionAt(text, tooDeepAt);
    return {
      cases: [],
      problems: [{ path, line, column, message: `It is nested deeper than ${limits.depth} levels.` }],
    };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problem = (offset: number, message: string): TestProblem => ({ path, ...at(offset), message });
  const syntax = document.errors
    .slice(0, 3)
    .map((error) => problem(error.pos[0], `The YAML can't be read: ${error.message.split("\n")[0]}`));
  if (syntax.length > 0) return { cases: [], problems: syntax };
  const inexact = keepDigits(document);
  if (inexact.length > 0)
    return {
      cases: [],
      problems: inexact.slice(0, MOST_PROBLEMS).map(({ offset, written }) => problem(offset, wordedInexact(written))),
    };
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    return {
      cases: [],
      problems: [problem(0, `The YAML can't be expanded: ${error instanceof Error ? error.message : String(error)}`)],
    };
  }
  const check = validate();
  if (!check(plain)) {
    const errors = (check.errors ?? []).filter((error) => error.keyword !== "oneOf");
    return {
      cases: [],
      problems: errors.slice(0, MOST_PROBLEMS).map((error) => problem(placeOf(error, document), worded(error))),
    };
  }
  const { tests, ...shared } = plain as { readonly tests: readonly Written[] } & Pick<
    Written,
    "rule" | "now" | "exclusions"
  >;
  const cases: TestCase[] = [];
  const problems: TestProblem[] = [];
  for (const [index, test] of tests.entries()) {
    const offset = startOf(document, ["tests", index]);
    const events = await eventsOf(test, path);
    if ("fault" in events) problems.push(problem(startOf(document, ["tests", index, "events"]), events.fault));
    else
      cases.push({
        name: test.name,
        rule: test.rule ?? shared.rule,
        now: test.now ?? shared.now,
        exclusions: test.exclusions ?? shared.exclusions,
        events: events.tables,
        expect: expectationOf(test.expect),
        path,
        position: at(offset),
      });
  }
  return problems.length > 0 ? { cases: [], problems } : { cases, problems };
}

function expectationOf(expect: Written["expect"]): Expectation {
  if (typeof expect === "string") return { kind: expect };
  if ("count" in expect) return { kind: "count", count: expect.count };
  return { kind: "rows", rows: expect.rows, more: expect.more === true };
}

type Events = { readonly tables: ReadonlyMap<string, readonly EventRow[]> } | { readonly fault: string };

async function eventsOf({ events = {} }: Written, path: string): Promise<Events> {
  const tables = new Map<string, readonly EventRow[]>();
  for (const [table, rows] of Object.entries(events)) {
    const found = "file" in rows ? await rowsOf(rows.file, dirname(path)) : rows;
    if (typeof found === "string") return { fault: found };
    tables.set(table, found);
  }
  return { tables };
}

/** The rows of a file of JSON lines or of a JSON array; or why there are none. */
async function rowsOf(written: string, folder: string): Promise<readonly EventRow[] | string> {
  const file = resolve(folder, written);
  const name = `The file of events '${shown(written)}'`;
  try {
    const { size } = await stat(file);
    if (size > MOST_EVENT_BYTES) return `${name} has ${size} bytes; a file of events may have ${MOST_EVENT_BYTES}.`;
    const text = await readFile(file, "utf8");
    const rows = parsedRows(text);
    return rows.every(isRow) ? rows : `${name} holds something that is no JSON object.`;
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    const reason = missing ? "there is no such file" : error instanceof Error ? error.message : String(error);
    return `${name} can't be read: ${shown(reason)}.`;
  }
}

/** Rows of a JSON array, or of JSON lines. */
function parsedRows(text: string): readonly unknown[] {
  const exact = (json: string, cellDepth: number): unknown => {
    const quoted = quotedDigits(json, cellDepth);
    if (typeof quoted !== "string") throw new Error(wordedInexact(quoted.written));
    return JSON.parse(quoted);
  };
  if (text.trimStart().startsWith("[")) return exact(text, 2) as readonly unknown[];
  return text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [exact(line, 1)]));
}

function wordedInexact(written: string): string {
  return `${shown(written)} is larger than numbers in JSON are exact, inside of a dynamic value; write it as a text`;
}

function isRow(value: unknown): value is EventRow {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function worded(error: ErrorObject): string {
  const key = error.instancePath === "" ? "The file" : `'${error.instancePath.slice(1).replaceAll("/", ".")}'`;
  switch (error.keyword) {
    case "required":
      return `${key} lacks '${String(error.params.missingProperty)}'.`;
    case "additionalProperties":
      return `${key} has the key '${shown(String(error.params.additionalProperty))}', which means nothing here.`;
    case "enum":
      return `${key} must be ${(error.params.allowedValues as readonly string[]).join(" or ")}, or a mapping with 'count' or 'rows'.`;
    default:
      return `${key} ${error.message ?? "is wrong"}.`;
  }
}

function placeOf(error: ErrorObject, document: Document): number {
  const keys = error.instancePath
    .split("/")
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll("~1", "/").replaceAll("~0", "~")));
  return startOf(document, keys);
}

/** Where a value stands; the nearest that is there, for one that is not. */
function startOf(document: Document, keys: readonly (string | number)[]): number {
  for (let length = keys.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(keys.slice(0, length), true);
    const range = typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
    if (Array.isArray(range) && typeof range[0] === "number") return range[0];
  }
  return 0;
}
