import { type CommandFamily, withOutside } from "./options.ts";

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
    .option("--watch", "run again whenever a file changes");
  withOutside(test).action(async (paths: string[], options) =>
    done(await (await import("../commands/test.ts")).testCommand(paths, options, terminal)),
  );
};
