import { type CommandFamily, each, formatHelp, nowHelp, parquetHelp, storeFolder, withOutside } from "./options.ts";

/** What runs rules. */
export const huntCommands: CommandFamily = (program, terminal, done) => {
  const hunt = program
    .command("hunt")
    .description("run rules: YAML, KQL or Markdown files, folders of them, or pages")
    .argument("<rules...>", "files and folders")
    .option("--now <time>", nowHelp)
    .option("--format <format>", formatHelp)
    .option("--store <dir>", "the store's folder", storeFolder)
    .option("--parquet <dir>", parquetHelp, each, [])
    .option("--timeout <seconds>", "stop a rule that runs longer")
    .option("--max-rows <n>", "take so many rows of a rule's answer; exclusions are not applied to more", "100000")
    .option("--memory <size>", "what a rule may take, such as 2GB; half of the machine's, at most 8GB, unless said")
    .option("--exclusions <path>", "files and folders of exclusions to apply", each, [])
    .option("--show-suppressed", "print what exclusions hide as well, with the column SuppressedBy")
    .option("--title <text>", "what the hunt is called in its report")
    .option("--hypothesis <text>", "what the hunt is to show or rule out, for its report; a page brings its own")
    .option("--no-record", "leave the store's findings as they are")
    .option("--write", "replace rule files that had to be repaired by their mended form")
    .option("--summary", "print a row a rule, not a row a finding")
    .option("--quiet", "leave out rules that found nothing")
    .option("--fail-on-findings", "end with code 1 when something was found");
  withOutside(hunt).action(async (paths: string[], options) =>
    done(await (await import("../commands/hunt.ts")).huntCommand(paths, options, terminal)),
  );
};
