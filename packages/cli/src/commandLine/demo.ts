import type { CommandFamily } from "./options.ts";

/** What shows the product. */
export const demoCommands: CommandFamily = (program, terminal, done) => {
  program
    .command("demo")
    .description("make an estate, ingest it, hunt in it")
    .option("--rows <n>", "rows of the estate", "2000000")
    .option("--devices <n>", "devices of the estate", "500")
    .option("--days <n>", "days of the estate", "30")
    .option("--folder <dir>", "where the estate and its store go", ".goshawk-demo")
    .action(async (options) => done(await (await import("../commands/demo.ts")).demoCommand(options, terminal)));
};
