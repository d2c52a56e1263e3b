import { readFile, realpath, rename, stat, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import {
  type CheckConfig,
  type CheckedFile,
  type CheckedRule,
  type CheckProblem,
  type CheckSeverity,
  checkCodes,
  checkFiles,
  countedReadings,
  fixed,
  loadFunctions,
  loadRulePaths,
  type RuleFile,
  type RunsHere,
  readCheckConfig,
  runsHere,
  startExaminer,
  weighed,
  withoutCodes,
} from "@goshawk/hunt";
import { catalogueTable, type StoredTable, schemasModule } from "@goshawk/store";
import { backendOver } from "../backend.ts";
import { closingLine, countsTable, problemsText, rulesTable } from "../check/report.ts";
import { sarifText } from "../check/sarif.ts";
import { existingStore } from "../existingStore.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { clock } from "../now.ts";
import { forJson, forTerminal } from "../output/escape.ts";
import { tableText } from "../output/table.ts";
import type { Terminal } from "../terminal.ts";

export interface CheckCommandOptions {
  readonly format: string;
  readonly fix?: boolean;
  readonly disable: readonly string[];
  readonly config?: string;
  readonly failOn: string;
  readonly summary?: boolean;
  readonly rules?: boolean;
  readonly codes?: boolean;
  readonly store?: string;
  readonly functions: readonly string[];
}

/** `goshawk check <path>…` */
export async function checkCommand(
  paths: readonly string[],
  options: CheckCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (options.codes === true) return listCodes(terminal);
  if (paths.length === 0) throw new UsageError("name files or folders of rules to check");
  if (!["table", "json", "sarif"].includes(options.format))
    throw new UsageError(`unknown format '${options.format}'; expected table, json or sarif`);
  const fails = failing(options.failOn);
  const config = await configured(options);
  let found = await checked(paths, options, config, terminal);
  if (options.fix === true && (await fixFiles(found.files, terminal)))
    found = await checked(paths, options, config, terminal);
  const problems = found.files.flatMap((file) => file.problems);
  const loud = problems.filter((item) => item.silenced === undefined);
  terminal.out(textOf(found, problems, loud, options, terminal));
  terminal.note(closingLine(found.files, loud, problems.length - loud.length));
  return loud.some((item) => fails.includes(item.severity)) ? exitCodes.ruleError : exitCodes.ok;
}

function listCodes(terminal: Terminal): ExitCode {
  for (const { code, severity, summary } of checkCodes())
    terminal.out(`${code.padEnd(26)} ${severity.padEnd(12)} ${summary}\n`);
  return exitCodes.ok;
}

function failing(from: string): readonly CheckSeverity[] {
  const severities: readonly CheckSeverity[] = ["error", "warning", "information"];
  if (from === "never") return [];
  const index = severities.indexOf(from as CheckSeverity);
  if (index < 0) throw new UsageError(`--fail-on '${from}' is none of error, warning, information and never`);
  return severities.slice(0, index + 1);
}

const usual = "goshawk-check.yaml";

async function configured({ config, disable }: CheckCommandOptions): Promise<CheckConfig> {
  try {
    const named = withoutCodes(disable, "--disable");
    const text = await readFile(config ?? usual, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (config === undefined && error.code === "ENOENT") return undefined;
      throw error;
    });
    if (text === undefined) return named;
    const found = readCheckConfig(text, config ?? usual);
    return { ...found, disable: [...named.disable, ...found.disable] };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

interface Checked {
  readonly files: readonly CheckedFile[];
  readonly runs: ReadonlyMap<CheckedRule, RunsHere>;
}

async function checked(
  paths: readonly string[],
  options: CheckCommandOptions,
  config: CheckConfig,
  terminal: Terminal,
): Promise<Checked> {
  const { signal } = terminal;
  const texts = new Map<string, string>();
  const files = await loadRulePaths(paths, {
    from: process.cwd(),
    signal,
    onText: (path, text) => texts.set(path, text),
  });
  const stored = options.store === undefined ? [] : (await (await existingStore(options.store)).snapshot()).tables;
  const now = newest(stored) ?? clock();
  const { functions, files: functionFiles } = await loadFunctions(options.functions, signal);
  for (const { path, line, message, next } of functionFiles.flatMap((file) => file.problems))
    terminal.note(`${path}:${line}: warning: ${forTerminal(message)} ${next}`);
  const examiner = startExaminer({
    schemas: schemasModule,
    tables: stored.map(asSchema),
    functions,
    now,
    threads: threadsFor(files),
  });
  try {
    const found = await checkFiles(
      files.map((file) => ({ file, text: texts.get(file.path) ?? "" })),
      {
        examiner,
        now,
        isDefender: (table) => catalogueTable(table)?.defender === true,
        signal,
        onProgress: (done, total) => terminal.progress(`${done}/${total} files`),
      },
    );
    const weighedFiles = found.map((file) => ({
      ...file,
      problems: file.problems.map((item) => weighed(item, config)),
    }));
    return options.store === undefined
      ? { files: weighedFiles, runs: new Map() }
      : await overStore(weighedFiles, options.store, stored, now, terminal);
  } finally {
    await examiner.close();
  }
}

/** A few rules are done before a second thread would have started. */
function threadsFor(files: readonly RuleFile[]): number {
  const rules = files.reduce((sum, file) => sum + file.rules.length, 0);
  return Math.max(1, Math.min(availableParallelism(), Math.ceil(rules / 50)));
}

function newest(tables: readonly StoredTable[]): bigint | undefined {
  return tables.flatMap((table) => table.lastEvent ?? []).sort((a, b) => (a > b ? -1 : 1))[0];
}

/** The catalogue's columns, then those that only the stored rows have. */
function asSchema({ name, columns }: StoredTable): {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: StoredTable["columns"][number]["type"] }[];
} {
  const known = catalogueTable(name)?.columns ?? [];
  const names = new Set(known.map((column) => column.name));
  return {
    name,
    columns: [
      ...known,
      ...columns
        .filter((column) => !names.has(column.name))
        .map((column) => ({ name: column.name, type: column.type })),
    ],
  };
}

async function overStore(
  files: readonly CheckedFile[],
  folder: string,
  stored: readonly StoredTable[],
  now: bigint,
  terminal: Terminal,
): Promise<Checked> {
  const store = await existingStore(folder);
  const backend = backendOver(store.folder, stored);
  try {
    const runs = await runsHere(
      files.flatMap((file) => file.rules),
      stored,
      backend,
      now,
      terminal.signal,
    );
    const counted: CheckedFile[] = [];
    for (const file of files) {
      const problems: CheckProblem[] = [];
      for (const item of file.problems)
        problems.push(item.silenced === undefined ? await countedReadings(item, backend, now, terminal.signal) : item);
      counted.push({ ...file, problems });
    }
    return { files: counted, runs };
  } finally {
    await backend.close();
  }
}

/** Writes what is safe to change into the files; true where any changed. */
async function fixFiles(files: readonly CheckedFile[], terminal: Terminal): Promise<boolean> {
  let any = false;
  for (const file of files) {
    const change = fixed(file);
    if (change === undefined) continue;
    const bytes = await readFile(file.path);
    // A file whose bytes are not this text in UTF-8 would come out in another encoding.
    const mark = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? "\ufeff" : "";
    if (!bytes.equals(Buffer.from(mark + file.text, "utf8"))) {
      terminal.note(`${forTerminal(file.path)}: not UTF-8, or changed meanwhile; left as it is.`);
      continue;
    }
    const target = await realpath(file.path);
    const { mode } = await stat(target);
    const temporary = `${target}.goshawk-${process.pid}`;
    await writeFile(temporary, mark + change.text, { flag: "wx", mode });
    await rename(temporary, target);
    terminal.note(`${forTerminal(file.path)}: ${change.settled} fixed.`);
    any = true;
  }
  return any;
}

function textOf(
  found: Checked,
  problems: readonly CheckProblem[],
  loud: readonly CheckProblem[],
  options: CheckCommandOptions,
  terminal: Terminal,
): string {
  if (options.format === "sarif") return forJson(sarifText(problems, process.cwd(), version));
  if (options.format === "json") return forJson(`${JSON.stringify(jsonOf(found, problems), null, 2)}\n`);
  const rules = found.files.flatMap((file) => file.rules);
  if (options.rules === true) return tableText(rulesTable(rules, found.runs), terminal.style);
  if (options.summary === true) return tableText(countsTable(loud), terminal.style);
  return problemsText(loud, terminal.style.color);
}

const version = "0.1.0";

function jsonOf({ files, runs }: Checked, problems: readonly CheckProblem[]): object {
  return {
    problems: problems.map(({ instead: _, fix, ...item }) => ({ ...item, fixable: fix !== undefined })),
    rules: files.flatMap((file) =>
      file.rules.map((item) => ({
        id: item.rule.id,
        name: item.rule.name,
        path: item.rule.path,
        kind: item.rule.kind,
        tables: item.query?.tables ?? [],
        columns: item.query?.columns?.map((column) => column.name) ?? null,
        notNearRealTime: item.notNrt ?? null,
        notCustomDetection: item.notDetection ?? null,
        ...(runs.has(item) ? { runsHere: runs.get(item) } : {}),
      })),
    ),
  };
}
