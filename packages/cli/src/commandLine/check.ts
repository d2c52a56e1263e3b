import { type CommandFamily, each, storeFolder } from "./options.ts";

/** What looks at rules without running them. */
export const checkCommands: CommandFamily = (program, terminal, done) => {
  program
    .command("check")
    .description("check rules: KQL, ATT&CK ids, entity mappings, schedules, limits of Sentinel and Defender")
    .argument("[path...]", "files and folders of rules")
    .option("--format <format>", "table, json or sarif", "table")
    .option("--fix", "change the files where that is safe")
    .option("--disable <code>", "leave a code out; may be given again", each, [])
    .option("--config <file>", "what to leave out and how much codes weigh (default: goshawk-check.yaml, if there)")
    .option(
      "--fail-on <severity>",
      "end with code 2 from this severity on: error, warning, information or never",
      "error",
    )
    .option("--summary", "print counts by code, not each problem")
    .option("--rules", "print a row a rule: whether it can run here, near real time, as a custom detection")
    .option("--codes", "list the codes and what they mean")
    .option("--store [dir]", "say which rules can run over this store, and count both readings of doubtful conditions")
    .option("--functions <path>", "file or folder of functions that queries call; may be given again", each, [])
    .action(async (paths: string[], options) => {
      const store = options.store === true ? storeFolder : options.store;
      done(await (await import("../commands/check.ts")).checkCommand(paths, { ...options, store }, terminal));
    });
};
