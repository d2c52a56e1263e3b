import { readdir, readFile, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { ruleExtensions } from "./format.ts";
import { limits } from "./limits.ts";
import { isJson, loadRules } from "./load.ts";
import { type RuleProblemCode, type RuleProblemFacts, ruleProblem } from "./problem.ts";
import type { RuleFile } from "./rule.ts";
import { decodeRuleText } from "./text/decode.ts";

export interface LoadRulePathsOptions {
  /** The folder from which ids of rules without one are derived. */
  readonly from: string;
  readonly signal?: AbortSignal;
  readonly onFile?: (file: RuleFile) => void;
  /** Called with the text of each file that was read, before `onFile`. */
  readonly onText?: (path: string, text: string) => void;
}

const top = { line: 1, column: 1 };
const maxBytes = limits.characters * 4;
const maxJsonBytes = limits.jsonCharacters * 2;

/** Reads files, and folders with all below them, in the order given and by name; each file comes once. */
export async function loadRulePaths(
  paths: readonly string[],
  options: LoadRulePathsOptions,
): Promise<readonly RuleFile[]> {
  const files: RuleFile[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    for await (const found of filesAt(path, options)) {
      const file = typeof found === "string" ? await loadOnce(found, seen, options) : found;
      if (file === undefined || (found !== path && isNoRuleFile(file))) continue;
      files.push(file);
      options.onFile?.(file);
    }
  }
  return files;
}

async function* filesAt(path: string, options: LoadRulePathsOptions): AsyncGenerator<string | RuleFile> {
  options.signal?.throwIfAborted();
  const found = await stat(path).catch((error: unknown) =>
    refused(path, "unreadable-file", { reason: reasonOf(error) }),
  );
  if ("problems" in found) yield found;
  else if (found.isFile()) yield path;
  else if (!found.isDirectory()) yield refused(path, "not-a-file", { what: "neither a file nor a folder" });
  else yield* filesBelow(path, options);
}

async function* filesBelow(folder: string, options: LoadRulePathsOptions): AsyncGenerator<string | RuleFile> {
  let any = false;
  for await (const found of walk(folder, options)) {
    any = true;
    yield found;
  }
  if (!any) yield refused(folder, "no-rule-files", { extensions: ruleExtensions.join(", ") });
}

/** Links to folders are not followed, so that a walk ends. */
async function* walk(folder: string, options: LoadRulePathsOptions): AsyncGenerator<string | RuleFile> {
  options.signal?.throwIfAborted();
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => reasonOf(error));
  if (typeof entries === "string") {
    yield refused(folder, "unreadable-file", { reason: entries });
    return;
  }
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith(".") && entry.name !== "node_modules") yield* walk(path, options);
    } else if (isRuleFile(entry.name) && (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path)))))
      yield path;
  }
}

/** What lies beside rules in their folder: tests, exclusions, and JSON of any other kind. */
function isNoRuleFile({ path, rules, problems }: RuleFile): boolean {
  if (rules.length > 0) return false;
  return problems.every(({ code }) => code === "not-rules" || (code === "no-rule" && isJson(path)));
}

const others = /^(exclusions|tests):(?=\s|$)/m;

/** What a YAML file holds that is no rule but goes with rules. */
function heldBeside(path: string, text: string): string | undefined {
  if (!/\.ya?ml$/i.test(path) || /^query:(?=\s|$)/m.test(text)) return undefined;
  return others.exec(text)?.[1];
}

async function loadOnce(path: string, seen: Set<string>, options: LoadRulePathsOptions): Promise<RuleFile | undefined> {
  options.signal?.throwIfAborted();
  const whole = resolve(options.from, path);
  if (seen.has(whole)) return undefined;
  seen.add(whole);
  try {
    const { size } = await stat(path);
    const limit = isJson(path) ? maxJsonBytes : maxBytes;
    if (size > limit) return refused(path, isJson(path) ? "json-too-large" : "too-large", { size, limit });
    const { text, repairs } = decodeRuleText(
      new Uint8Array(await readFile(path, options.signal ? { signal: options.signal } : {})),
    );
    options.onText?.(path, text);
    const holds = heldBeside(path, text);
    if (holds !== undefined) return refused(path, "not-rules", { holds });
    return loadRules(text, path, { identity: identityOf(whole, options.from), repairs });
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!isSystemError(error)) throw error;
    return refused(path, "unreadable-file", { reason: reasonOf(error) });
  }
}

/** The path from the working folder, whichever way the file was named; outside of it the whole path. */
function identityOf(whole: string, from: string): string {
  const inside = relative(from, whole);
  return inside.startsWith("..") || isAbsolute(inside) ? whole : inside.split(sep).join("/");
}

function refused<C extends RuleProblemCode>(path: string, code: C, facts: RuleProblemFacts[C]): RuleFile {
  return { path, format: "kql", rules: [], repairs: [], drafts: [], problems: [ruleProblem(code, path, top, facts)] };
}

function isRuleFile(name: string): boolean {
  return ruleExtensions.some((extension) => name.toLowerCase().endsWith(extension));
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && "syscall" in error;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a folder",
  EMFILE: "too many files are open",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "the name is too long",
};

function reasonOf(error: unknown): string {
  if (!isSystemError(error)) return String(error);
  return reasons[error.code ?? ""] ?? error.message;
}
