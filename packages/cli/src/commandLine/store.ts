import { type CommandFamily, formatHelp, storeFolder } from "./options.ts";

/** What fills the store and tells what is in it. */
export const storeCommands: CommandFamily = (program, terminal, done) => {
  program
    .command("ingest")
    .description("read exports and logs into the store")
    .argument("<path...>", "files and folders")
    .option("--table <name>", "the table, where it should not be detected")
    .option("--store <dir>", "the store's folder", storeFolder)
    .option("--again", "read files again that the store already has")
    .option("--time-zone <zone>", "zone of times that carry none", "UTC")
    .option("--quiet", "leave out the receipts of files without a hitch")
    .action(async (paths: string[], options) =>
      done(await (await import("../commands/ingest.ts")).ingestCommand(paths, options, terminal)),
    );
  program
    .command("sources")
    .description("list what was ingested, with a receipt for each file")
    .option("--store <dir>", "the store's folder", storeFolder)
    .option("--format <format>", formatHelp)
    .action(async (options) => done(await (await import("../commands/sources.ts")).sourcesCommand(options, terminal)));
};
