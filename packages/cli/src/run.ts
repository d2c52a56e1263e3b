import { Command, CommanderError } from "commander";
import { checkCommands } from "./commandLine/check.ts";
import { demoCommands } from "./commandLine/demo.ts";
import { exclusionCommands } from "./commandLine/exclusion.ts";
import { exportCommands } from "./commandLine/export.ts";
import { findingsCommands } from "./commandLine/findings.ts";
import { huntCommands } from "./commandLine/hunt.ts";
import type { CommandFamily, Done } from "./commandLine/options.ts";
import { queryCommands } from "./commandLine/query.ts";
import { reportCommands } from "./commandLine/report.ts";
import { scheduleCommands } from "./commandLine/schedule.ts";
import { serveCommands } from "./commandLine/serve.ts";
import { storeCommands } from "./commandLine/store.ts";
import { testCommands } from "./commandLine/test.ts";
import { type ExitCode, exitCodes, UsageError } from "./exit.ts";
import { forTerminal } from "./output/escape.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

/** Runs the program with the arguments of a process and answers with its exit code. */
export async function run(argv: readonly string[]): Promise<ExitCode> {
  const abort = new AbortController();
  const terminal = processTerminal(abort.signal);
  listen(abort, terminal);
  let code: ExitCode = exitCodes.ok;
  const program = commands(terminal, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...argv]);
    return code;
  } catch (error) {
    return failure(error, abort.signal, terminal);
  }
}

/** The first Ctrl-C stops the work in hand; the second one the process. */
function listen(abort: AbortController, terminal: Terminal): void {
  process.on("SIGINT", () => {
    if (abort.signal.aborted) process.exit(exitCodes.interrupted);
    terminal.note("Stopping; press Ctrl-C again to stop at once.");
    abort.abort();
  });
  // A reader such as `head` that goes away is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(exitCodes.ok);
    throw error;
  });
}

function failure(error: unknown, signal: AbortSignal, terminal: Terminal): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (signal.aborted) return exitCodes.interrupted;
  const message = error instanceof Error ? error.message : String(error);
  terminal.note(`goshawk: ${forTerminal(message)}`);
  if (error instanceof UsageError || isMissingFile(error)) return exitCodes.usage;
  if (process.env.GOSHAWK_TRACE !== undefined && error instanceof Error) terminal.note(error.stack ?? "");
  return exitCodes.ruleError;
}

function isMissingFile(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/** In the order in which the help lists them. */
const families: readonly CommandFamily[] = [
  storeCommands,
  exportCommands,
  queryCommands,
  huntCommands,
  checkCommands,
  testCommands,
  exclusionCommands,
  findingsCommands,
  reportCommands,
  scheduleCommands,
  serveCommands,
  demoCommands,
];

function commands(terminal: Terminal, done: Done): Command {
  const program = new Command("goshawk")
    .description("Hunt in your own data with Sentinel and Defender KQL, unmodified.")
    .exitOverride()
    .showHelpAfterError()
    .configureHelp({ sortSubcommands: false });
  for (const add of families) add(program, terminal, done);
  return program;
}
