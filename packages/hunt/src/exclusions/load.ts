import { readFile, stat } from "node:fs/promises";
import { conditionOutline, expressionFault, parseTimespan } from "@goshawk/kql";
import { LineCounter, parseDocument } from "yaml";
import { filesBelow } from "../filesBelow.ts";
import { decodeRuleText } from "../rules/text/decode.ts";
import type { Exclusion } from "./exclusion.ts";
import { placeholdersOf } from "./outline.ts";
import type { ExclusionProblem } from "./problem.ts";
import { readExclusions } from "./read.ts";

const MOST_BYTES = 2 ** 20;
const MOST_ALIASES = 100;

export interface LoadedExclusions {
  readonly exclusions: readonly Exclusion[];
  /** A file with a problem gives no exclusion at all: half of a decision is none. */
  readonly problems: readonly ExclusionProblem[];
}

/** The exclusions of files, and of the YAML files in folders and below; `today` as `2026-11-24`. */
export async function loadExclusions(
  paths: readonly string[],
  signal?: AbortSignal,
  today: string = new Date().toISOString().slice(0, 10),
): Promise<LoadedExclusions> {
  const exclusions: Exclusion[] = [];
  const problems: ExclusionProblem[] = [];
  const homes = new Map<string, string>();
  for (const path of paths) {
    for await (const file of filesBelow(path, /\.ya?ml$/i, signal)) {
      const loaded = await loadFile(file, today);
      const twins = loaded.exclusions.filter(({ id }) => homes.has(id));
      problems.push(
        ...loaded.problems,
        ...twins.map(({ id, position }) => ({
          path: file,
          ...position,
          message: `The exclusion '${id}' stands in ${homes.get(id) ?? "another file"} already.`,
          next: "Give each exclusion an id of its own.",
        })),
      );
      for (const exclusion of loaded.exclusions) if (!twins.includes(exclusion)) homes.set(exclusion.id, file);
      exclusions.push(...loaded.exclusions.filter((exclusion) => !twins.includes(exclusion)));
    }
  }
  return { exclusions, problems };
}

async function loadFile(path: string, today: string): Promise<LoadedExclusions> {
  const { size } = await stat(path);
  if (size > MOST_BYTES)
    return failed(path, `The file has ${size} bytes; a file of exclusions may have ${MOST_BYTES}.`, "Split it.");
  return parseExclusions(decodeRuleText(new Uint8Array(await readFile(path))).text, path, today);
}

function failed(path: string, message: string, next: string): LoadedExclusions {
  return { exclusions: [], problems: [{ path, line: 1, column: 1, message, next }] };
}

/** The exclusions of one YAML text; with `today`, none may be created later. */
export function parseExclusions(text: string, path: string, today?: string): LoadedExclusions {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const at = (offset: number): { readonly line: number; readonly column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const syntax = document.errors.map((error) => ({
    path,
    ...at(error.pos[0]),
    message: `The YAML can't be read: ${error.message.split("\n")[0]?.replace(/[.:]+$/, "")}.`,
    next: "Mend the line; quote what holds ': ' or begins with a special character.",
  }));
  if (syntax.length > 0) return { exclusions: [], problems: syntax.slice(0, 3) };
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    return failed(
      path,
      `The YAML can't be expanded: ${error instanceof Error ? error.message : String(error)}.`,
      "Write values out.",
    );
  }
  const found = readExclusions(plain, document, path, at);
  if (found.problems.length > 0) return { exclusions: [], problems: found.problems };
  const faults = found.exclusions.flatMap((exclusion, index) =>
    [...faultsOf(exclusion), ...(today === undefined ? [] : futureFaults(exclusion, today))].map(
      ({ key, message, next }) => {
        const place = placeOf(document, ["exclusions", index, ...key]);
        return { path, ...at(place), message: `'${exclusion.id}': ${message}`, next };
      },
    ),
  );
  return faults.length > 0 ? { exclusions: [], problems: faults } : found;
}

function placeOf(document: ReturnType<typeof parseDocument>, key: readonly (string | number)[]): number {
  const node: unknown = document.getIn(key, true);
  const range = typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
  return Array.isArray(range) && typeof range[0] === "number" ? range[0] : 0;
}

interface Fault {
  readonly key: readonly string[];
  readonly message: string;
  readonly next: string;
}

const DAY_MS = 86_400_000;

/** `today` is UTC's; somewhere it is tomorrow already. */
function futureFaults({ created }: Exclusion, today: string): readonly Fault[] {
  if (Date.parse(created) - Date.parse(today) <= DAY_MS) return [];
  const message = `it was created on ${created}, a day that is yet to come.`;
  return [{ key: ["created"], message, next: "Write the day on which it was decided." }];
}

/** What the schema can't say. */
function faultsOf({ when, evidence, created, expires, meaning }: Exclusion): readonly Fault[] {
  const faults: Fault[] = [];
  const outline = meaning === undefined ? undefined : conditionOutline(when);
  for (const value of outline === undefined ? [] : placeholdersOf(outline, (field) => field))
    faults.push({
      key: ["when"],
      message: `'${value}' is a placeholder.`,
      next: "Put the value there, or remove its comparison.",
    });
  const fault = expressionFault(when);
  if (fault !== undefined)
    faults.push({
      key: ["when"],
      message: `'when' is no KQL condition: ${fault.message}`,
      next: "Write one condition.",
    });
  const lookback = evidence === undefined ? 1n : (parseTimespan(evidence.lookback) ?? 0n);
  if (lookback <= 0n)
    faults.push({
      key: ["evidence", "lookback"],
      message: `the lookback '${evidence?.lookback ?? ""}' is no timespan.`,
      next: "Write one such as 5d or 12h.",
    });
  if (expires <= created)
    faults.push({
      key: ["expires"],
      message: `it expires on ${expires}, not after it was created on ${created}.`,
      next: "Give it a later day.",
    });
  return faults;
}
