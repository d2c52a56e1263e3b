import { type CommandFamily, each, formatHelp, nowHelp, parquetHelp, storeFolder, withOutside } from "./options.ts";

/** What answers a query. */
export const queryCommands: CommandFamily = (program, terminal, done) => {
  const query = program
    .command("query")
    .description("answer a KQL query")
    .argument("[kql]", "the query")
    .option("-f, --file <file>", "read the query from a file")
    .option("--batch <file>", "answer many: NDJSON of {id, query, now?} in, answers out ('-' reads standard input)")
    .option("--now <time>", nowHelp)
    .option("--format <format>", formatHelp)
    .option("--store <dir>", "the store's folder", storeFolder)
    .option("--parquet <dir>", parquetHelp, each, [])
    .option("--timeout <seconds>", "stop a query that runs longer")
    .option("--sql", "also print the SQL")
    .option("--explain", "also say how much of the stored tables is read, and what tells that the rest can be skipped");
  withOutside(query).action(async (kql: string | undefined, options) =>
    done(await (await import("../commands/query.ts")).queryCommand(kql, options, terminal)),
  );
};
