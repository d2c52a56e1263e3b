import type { Command } from "commander";
import { type CommandFamily, formatHelp, storeFolder } from "./options.ts";

/** What is left of hunts. */
export const findingsCommands: CommandFamily = (program, terminal, done) => {
  const findings = program
    .command("findings")
    .description("list what hunts have found: new, still there, returning and gone")
    .option("--store <dir>", "the store's folder", storeFolder)
    .option("--format <format>", formatHelp)
    .option("--rule <rule>", "only of the rule with this id, or with this in its name")
    .option("--presence <presence>", "only new, still, returning or gone")
    .option("--status <status>", "only new, open or closed")
    .option("--verdict <verdict>", "only true-positive, benign or undecided")
    .option("--suppressed", "those that exclusions hide as well")
    .action(async (options) =>
      done(await (await import("../commands/findings.ts")).findingsCommand(options, terminal)),
    );
  findings
    .command("set")
    .description("say what findings are")
    .argument("<id...>", "ids of findings")
    .option("--status <status>", "new, open or closed")
    .option("--verdict <verdict>", "true-positive, benign or undecided")
    .option("--comment <text>", "why")
    .option("--assignee <who>", "who looks at it")
    .action(async (ids: string[], _options, command: Command) =>
      done(
        await (await import("../commands/findings.ts")).findingsSetCommand(ids, command.optsWithGlobals(), terminal),
      ),
    );
};
