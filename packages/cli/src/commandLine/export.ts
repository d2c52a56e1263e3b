import { type CommandFamily, nowHelp, storeFolder } from "./options.ts";

/** What gives the rows to other tools. */
export const exportCommands: CommandFamily = (program, terminal, done) => {
  program
    .command("export")
    .description("write the rows of a table into a file for other tools")
    .argument("<table>", "the table")
    .requiredOption("--format <format>", "parquet, csv or ndjson")
    .requiredOption("--out <path>", "the file to make")
    .option("--where <condition>", "only rows for which this KQL condition is true")
    .option("--from <time>", "only events from this datetime on")
    .option("--to <time>", "only events before this datetime")
    .option("--now <time>", nowHelp)
    .option("--exact", "csv: leave texts that a spreadsheet would run as formulas as they are")
    .option("--force", "put the export in the place of a file that is there")
    .option("--store <dir>", "the store's folder", storeFolder)
    .action(async (table: string, options) =>
      done(await (await import("../commands/export.ts")).exportCommand(table, options, terminal)),
    );
};
