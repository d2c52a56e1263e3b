import { type CommandFamily, each, nowHelp, storeFolder, withOutside } from "./options.ts";

/** What tries rules on events that a test gives. */
export const testCommands: CommandFamily = (program, terminal, done) => {
  const test = program
    .command("test")
    .description("run the test cases of rules (*.test.yaml): events, and what a rule must make of them")
    .argument("<path...>", "test files, rules, and folders of both")
    .option("--format <format>", "table, json or junit", "table")
    .option("--rule <rule>", "only cases of the rule with this id, or with this in its name")
    .option("--coverage", "list the rules without tests")
    .option("--fail-untested", "end with code 2 when a rule has no test")
    .option("--watch", "run again whenever a file changes")
    .option("--record", "print a test file of what the rules find in the store, each case tried once more")
    .option("--store <dir>", "with --record: the store's folder", storeFolder)
    .option("--now <time>", `with --record: ${nowHelp} (latest)`)
    .option("--finding <id>", "with --record: only this finding; may be given again", each, [])
    .option("--most <n>", "with --record: at most so many findings of a rule", "1")
    .option(
      "--mask <field>",
      "with --record: replace this field's values, each by the same word; may be given again",
      each,
      [],
    );
  withOutside(test).action(async (paths: string[], options) => {
    if (options.record === true)
      return done(await (await import("../commands/testRecord.ts")).testRecordCommand(paths, options, terminal));
    return done(await (await import("../commands/test.ts")).testCommand(paths, options, terminal));
  });
};
