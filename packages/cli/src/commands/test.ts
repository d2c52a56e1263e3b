import { watch } from "node:fs";
import { stat } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { dirname } from "node:path";
import type { WorkerBackend } from "@goshawk/engine";
import { loadRulePaths, loadTests, planTests, runTests, type TestPlan, type TestResult } from "@goshawk/hunt";
import { catalogueTable } from "@goshawk/store";
import { valuesBackend } from "../backend.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { fileNotes } from "../hunt/problems.ts";
import { forJson, forTerminal } from "../output/escape.ts";
import { loadOutside, type OutsideOptions } from "../outside.ts";
import type { Terminal } from "../terminal.ts";
import { junitText } from "../test/junit.ts";
import { closingLine, testProblemNotes, testText } from "../test/report.ts";

export interface TestCommandOptions extends OutsideOptions {
  readonly format: string;
  readonly rule?: string;
  readonly coverage?: boolean;
  readonly failUntested?: boolean;
  readonly watch?: boolean;
}

/** So many cases make a second engine worth its start. */
const CASES_AN_ENGINE = 60;

/** `goshawk test <path>…` */
export async function testCommand(
  paths: readonly string[],
  options: TestCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (!["table", "json", "junit"].includes(options.format))
    throw new UsageError(`unknown format '${options.format}'; expected table, json or junit`);
  const engines: WorkerBackend[] = [];
  try {
    const code = await once(paths, options, engines, terminal);
    return options.watch === true ? await again(paths, options, engines, terminal) : code;
  } finally {
    await Promise.all(engines.map((engine) => engine.close()));
  }
}

/** Loads, runs and reports; engines that are warm already are used again. */
async function once(
  paths: readonly string[],
  options: TestCommandOptions,
  engines: WorkerBackend[],
  terminal: Terminal,
): Promise<ExitCode> {
  const { signal } = terminal;
  const from = process.cwd();
  const started = performance.now();
  const loaded = await loadTests(paths, signal);
  const files = await loadRulePaths(paths, { from, signal });
  const rules = files.flatMap((file) => file.rules);
  const plan = await planTests(loaded.cases, rules, { from, signal });
  for (const line of testProblemNotes([...loaded.problems, ...plan.problems])) terminal.note(line);
  for (const line of fileNotes(files.filter(hasError), terminal.style.color)) terminal.note(line);
  const cases = plan.cases.filter(({ rule }) => "fault" in rule || isWanted(rule, options.rule));
  const troubled = loaded.problems.length + plan.problems.length > 0;
  if (options.rule !== undefined && cases.length === 0 && !troubled)
    throw new UsageError(`no case tests a rule with the id or name '${options.rule}'; give another --rule`);
  const wanted = Math.max(1, Math.min(availableParallelism(), Math.ceil(cases.length / CASES_AN_ENGINE)));
  const outside = cases.length === 0 || engines.length >= wanted ? {} : await loadOutside(options, tmpdir(), terminal);
  while (cases.length > 0 && engines.length < wanted) engines.push(valuesBackend(outside));
  let done = 0;
  const results = await runTests(cases, {
    engines,
    columnsOf: (table) => catalogueTable(table)?.columns,
    eventTime: (table) => {
      const names = catalogueTable(table)?.columns.map((column) => column.name) ?? [];
      return names.includes("Timestamp") ? "Timestamp" : "TimeGenerated";
    },
    today: new Date().toISOString().slice(0, 10),
    signal,
    onResult: () => terminal.progress(`${++done}/${cases.length} cases`),
  });
  report(results, plan, options, (performance.now() - started) / 1000, terminal);
  if (cases.length === 0 && !troubled) {
    terminal.note(nothingText(paths, plan));
    return exitCodes.usage;
  }
  const bad = results.some(({ outcome }) => outcome !== "passed") || troubled;
  return bad || (options.failUntested === true && plan.untested.length > 0) ? exitCodes.ruleError : exitCodes.ok;
}

function hasError({ problems }: { readonly problems: readonly { readonly severity: string }[] }): boolean {
  return problems.some(({ severity }) => severity === "error");
}

function isWanted({ id, name }: { readonly id: string; readonly name: string }, wanted: string | undefined): boolean {
  return wanted === undefined || id === wanted || name.toLowerCase().includes(wanted.toLowerCase());
}

function report(
  results: readonly TestResult[],
  plan: TestPlan,
  options: TestCommandOptions,
  seconds: number,
  terminal: Terminal,
): void {
  if (options.format === "junit") terminal.out(junitText(results));
  else if (options.format === "json") terminal.out(forJson(`${JSON.stringify(jsonOf(results, plan), null, 2)}\n`));
  else terminal.out(testText(results, terminal.style.color));
  if (options.coverage === true)
    for (const { name, path } of plan.untested) terminal.note(`no test: ${forTerminal(name)} (${forTerminal(path)})`);
  if (results.length > 0) terminal.note(closingLine(results, plan.untested, seconds));
}

/** A run that tried nothing must not look like one in which all was well. */
function nothingText(paths: readonly string[], { untested }: TestPlan): string {
  const rules =
    untested.length === 0 ? "and no rule" : `for the ${untested.length === 1 ? "rule" : `${untested.length} rules`}`;
  return `No test case ${rules} in ${paths.map(forTerminal).join(", ")}: cases stand beside a rule in <its file>.test.yaml, or in any file that is named here and has 'tests:'.`;
}

function jsonOf(results: readonly TestResult[], plan: TestPlan): object {
  return {
    results: results.map(({ test, rule, outcome, lines, milliseconds }) => ({
      name: test.name,
      path: test.path,
      line: test.position.line,
      rule: rule === undefined ? null : { id: rule.id, name: rule.name, path: rule.path },
      outcome,
      lines,
      milliseconds: Math.round(milliseconds),
    })),
    untested: plan.untested.map(({ id, name, path }) => ({ id, name, path })),
  };
}

const SETTLE_MS = 200;

/** Runs again whenever something below the paths changes, until it is interrupted. */
async function again(
  paths: readonly string[],
  options: TestCommandOptions,
  engines: WorkerBackend[],
  terminal: Terminal,
): Promise<ExitCode> {
  const { signal } = terminal;
  let wake = (): void => {};
  // Editors put a new file in the place of an old one, so a file is watched by its folder.
  const folders = await Promise.all(
    paths.map(async (path) => ((await stat(path)).isDirectory() ? path : dirname(path))),
  );
  const watchers = [...new Set(folders)].map((folder) =>
    watch(folder, { recursive: true }, () => wake()).on("error", (error) => terminal.note(forTerminal(error.message))),
  );
  /** What is half written now is whole at the next change. */
  const told = (error: unknown): void => {
    signal.throwIfAborted();
    terminal.note(forTerminal(error instanceof Error ? error.message : String(error)));
  };
  try {
    while (!signal.aborted) {
      terminal.note("Watching; Ctrl-C ends.");
      await changed(signal, (resolve) => {
        wake = resolve;
      });
      if (!signal.aborted) await once(paths, options, engines, terminal).catch(told);
    }
    return exitCodes.interrupted;
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}

/** After the first change, and when no other has come for a moment. */
function changed(signal: AbortSignal, listen: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    signal.addEventListener("abort", () => resolve(), { once: true });
    listen(() => {
      clearTimeout(timer);
      timer = setTimeout(resolve, SETTLE_MS);
    });
  });
}
