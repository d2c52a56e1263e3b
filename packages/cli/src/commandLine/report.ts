import { type CommandFamily, storeFolder } from "./options.ts";

/** What tells others of a hunt. */
export const reportCommands: CommandFamily = (program, terminal, done) => {
  program
    .command("report")
    .description("make one self-contained HTML page of a hunt, to read, print and hand on")
    .argument("[hunt]", "the id that the hunt has printed, or its beginning; the last one unless said")
    .option("--store <dir>", "the store's folder", storeFolder)
    .option("--out <file>", "write to a file instead of standard output")
    .option("--list", "list the hunts instead")
    .option("--format <format>", "of the list: table, json, ndjson or csv")
    .action(async (hunt: string | undefined, options) =>
      done(await (await import("../commands/report.ts")).reportCommand(hunt, options, terminal)),
    );
};
