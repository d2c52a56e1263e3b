import type { Command } from "commander";
import { type CommandFamily, formatHelp, storeFolder } from "./options.ts";

/** What fills the store and tells what is in it. */
export const storeCommands: CommandFamily = (program, terminal, done) => {
  program
    .command("ingest")
    .description("read exports and logs into the store")
    .argument("<path...>", "files and folders; - is standard input")
    .option("--table <name>", "the table, where it should not be detected")
    .option("--store <dir>", "the store's folder", storeFolder)
    .option("--again", "read files again that the store already has")
    .option("--time-zone <zone>", "zone of times that carry none", "UTC")
    .option("--quiet", "leave out the receipts of files without a hitch")
    .option("--no-compact", "leave small segments as they are, even where merging them pays")
    .action(async (paths: string[], options) =>
      done(await (await import("../commands/ingest.ts")).ingestCommand(paths, options, terminal)),
    );
  program
    .command("sources")
    .description("list what was ingested, with a receipt for each file")
    .option("--store <dir>", "the store's folder", storeFolder)
    .option("--format <format>", formatHelp)
    .action(async (options) => done(await (await import("../commands/sources.ts")).sourcesCommand(options, terminal)));
  upkeepCommands(program, terminal, done);
};

const graceHelp = "remove replaced files at once, even if a reader that may not write into the store still uses them";

/** `goshawk store …`: what keeps the store in shape. */
const upkeepCommands: CommandFamily = (program, terminal, done) => {
  const commands = () => import("../commands/store.ts");
  const store = program
    .command("store")
    .description("show what is stored: tables, rows, days, bytes")
    .option("--store <dir>", "the store's folder", storeFolder)
    .option("--format <format>", formatHelp)
    .action(async (options) => done(await (await commands()).storeCommand(options, terminal)));
  store
    .command("compact")
    .description("merge small segments, by day; rows, receipts and running queries stay as they are")
    .option("--table <name>", "only this table")
    .option("--no-grace", graceHelp)
    .action(async (_options, command: Command) =>
      done(await (await commands()).compactCommand(command.optsWithGlobals(), terminal)),
    );
  store
    .command("retain")
    .description("take old rows out of the store; without --apply, show which")
    .requiredOption("--older-than <age>", "age of an event, such as 90d, 12h or 30m")
    .option("--table <name>", "only this table")
    .option("--now <time>", "what the age is counted from: a datetime, or 'latest' for the newest event stored")
    .option("--apply", "take them out")
    .option("--no-grace", graceHelp)
    .action(async (_options, command: Command) =>
      done(await (await commands()).retainCommand(command.optsWithGlobals(), terminal)),
    );
  store
    .command("verify")
    .description("compare every file of the store with its sum and its rows")
    .option("--set-aside", "take damaged segments out of the store, so that the rest can be queried")
    .action(async (_options, command: Command) =>
      done(await (await commands()).verifyCommand(command.optsWithGlobals(), terminal)),
    );
};
