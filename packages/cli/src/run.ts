import { Command, CommanderError } from "commander";
import { type ExitCode, exitCodes, UsageError } from "./exit.ts";
import { forTerminal } from "./output/escape.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

const STORE = ".goshawk";

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

const functionsHelp = "file or folder of functions that queries call (parser YAML, .kql); may be given again";
const watchlistsHelp = "folder of watchlists, <alias>.csv or .json; may be given again";
const externalHelp = "folder with copies, <host>/<path>, of files that externaldata names; may be given again";
const hostHelp = "host that externaldata may ask over https; may be given again";
const geoHelp = "MaxMind database of cities, such as GeoLite2-City.mmdb, for geo_info_from_ip_address()";

/** An option that may be given several times. */
function each(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function commands(terminal: Terminal, done: (code: ExitCode) => void): Command {
  const program = new Command("goshawk")
    .description("Hunt in your own data with Sentinel and Defender KQL, unmodified.")
    .exitOverride()
    .showHelpAfterError()
    .configureHelp({ sortSubcommands: false });
  program
    .command("ingest")
    .description("read exports and logs into the store")
    .argument("<path...>", "files and folders")
    .option("--table <name>", "the table, where it should not be detected")
    .option("--store <dir>", "the store's folder", STORE)
    .option("--again", "read files again that the store already has")
    .option("--time-zone <zone>", "zone of times that carry none", "UTC")
    .option("--quiet", "leave out the receipts of files without a hitch")
    .action(async (paths: string[], options) =>
      done(await (await import("./commands/ingest.ts")).ingestCommand(paths, options, terminal)),
    );
  program
    .command("sources")
    .description("list what was ingested, with a receipt for each file")
    .option("--store <dir>", "the store's folder", STORE)
    .option("--format <format>", "table, json, ndjson or csv")
    .action(async (options) => done(await (await import("./commands/sources.ts")).sourcesCommand(options, terminal)));
  program
    .command("query")
    .description("answer a KQL query")
    .argument("[kql]", "the query")
    .option("-f, --file <file>", "read the query from a file")
    .option("--batch <file>", "answer many: NDJSON of {id, query, now?} in, answers out ('-' reads standard input)")
    .option("--now <time>", "what now() says: a datetime, or 'latest' for the newest event read")
    .option("--format <format>", "table, json, ndjson or csv")
    .option("--store <dir>", "the store's folder", STORE)
    .option("--timeout <seconds>", "stop a query that runs longer")
    .option("--functions <path>", functionsHelp, each, [])
    .option("--watchlists <dir>", watchlistsHelp, each, [])
    .option("--external <dir>", externalHelp, each, [])
    .option("--allow-host <host>", hostHelp, each, [])
    .option("--geo <file>", geoHelp)
    .option("--sql", "also print the SQL")
    .action(async (kql: string | undefined, options) =>
      done(await (await import("./commands/query.ts")).queryCommand(kql, options, terminal)),
    );
  program
    .command("hunt")
    .description("run rules: YAML, KQL or Markdown files, folders of them, or pages")
    .argument("<rules...>", "files and folders")
    .option("--now <time>", "what now() says: a datetime, or 'latest' for the newest event read")
    .option("--format <format>", "table, json, ndjson or csv")
    .option("--store <dir>", "the store's folder", STORE)
    .option("--timeout <seconds>", "stop a rule that runs longer")
    .option("--functions <path>", functionsHelp, each, [])
    .option("--watchlists <dir>", watchlistsHelp, each, [])
    .option("--external <dir>", externalHelp, each, [])
    .option("--allow-host <host>", hostHelp, each, [])
    .option("--geo <file>", geoHelp)
    .option("--exclusions <path>", "files and folders of exclusions to apply", each, [])
    .option("--show-suppressed", "print what exclusions hide as well, with the column SuppressedBy")
    .option("--no-record", "leave the store's findings as they are")
    .option("--write", "replace rule files that had to be repaired by their mended form")
    .option("--summary", "print a row a rule, not a row a finding")
    .option("--quiet", "leave out rules that found nothing")
    .option("--fail-on-findings", "end with code 1 when something was found")
    .action(async (paths: string[], options) =>
      done(await (await import("./commands/hunt.ts")).huntCommand(paths, options, terminal)),
    );
  exclusionCommands(program, terminal, done);
  findingsCommands(program, terminal, done);
  program
    .command("demo")
    .description("make an estate, ingest it, hunt in it")
    .option("--rows <n>", "rows of the estate", "2000000")
    .option("--devices <n>", "devices of the estate", "500")
    .option("--days <n>", "days of the estate", "30")
    .option("--folder <dir>", "where the estate and its store go", ".goshawk-demo")
    .action(async (options) => done(await (await import("./commands/demo.ts")).demoCommand(options, terminal)));
  return program;
}

function exclusionCommands(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  const exclusion = program.command("exclusion").description("draft, weigh and try exclusions of false positives");
  exclusion
    .command("draft")
    .description("make drafts of a page's false-positive scenarios, for the rule on it")
    .argument("<page>", "the page")
    .option("--owner <who>", "who will answer for them", "somebody")
    .action(async (page: string, options) =>
      done(await (await import("./commands/exclusionDraft.ts")).exclusionDraftCommand(page, options, terminal)),
    );
  exclusion
    .command("preview")
    .description("show what exclusions would hide, before they do")
    .argument("<exclusions>", "a file or folder of exclusions")
    .argument("<rules...>", "files and folders of rules")
    .option("--now <time>", "what now() says: a datetime, or 'latest' for the newest event read")
    .option("--format <format>", "table, json, ndjson or csv")
    .option("--store <dir>", "the store's folder", STORE)
    .option("--most <percent>", "share of a rule's findings that one may hide", "50")
    .action(async (exclusions: string, rules: string[], options) =>
      done(
        await (await import("./commands/exclusionPreview.ts")).exclusionPreviewCommand(
          exclusions,
          rules,
          options,
          terminal,
        ),
      ),
    );
}

function findingsCommands(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  const findings = program
    .command("findings")
    .description("list what hunts have found: new, still there, returning and gone")
    .option("--store <dir>", "the store's folder", STORE)
    .option("--format <format>", "table, json, ndjson or csv")
    .option("--rule <rule>", "only of the rule with this id, or with this in its name")
    .option("--presence <presence>", "only new, still, returning or gone")
    .option("--status <status>", "only new, open or closed")
    .option("--verdict <verdict>", "only true-positive, benign or undecided")
    .option("--suppressed", "those that exclusions hide as well")
    .action(async (options) => done(await (await import("./commands/findings.ts")).findingsCommand(options, terminal)));
  findings
    .command("set")
    .description("say what findings are")
    .argument("<id...>", "ids of findings")
    .option("--status <status>", "new, open or closed")
    .option("--verdict <verdict>", "true-positive, benign or undecided")
    .option("--comment <text>", "why")
    .option("--assignee <who>", "who looks at it")
    .action(async (ids: string[], _options, command: Command) =>
      done(await (await import("./commands/findings.ts")).findingsSetCommand(ids, command.optsWithGlobals(), terminal)),
    );
}
