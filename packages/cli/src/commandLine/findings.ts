import type { Command } from "commander";
import { type CommandFamily, each, formatHelp, storeFolder } from "./options.ts";

/** What is left of hunts. */
export const findingsCommands: CommandFamily = (program, terminal, done) => {
  const findings = program
    .command("findings")
    .description("list what hunts have found: new, still there, returning and gone")
    .option("--store <dir>", "the store's folder", storeFolder)
    .option("--format <format>", `${formatHelp}; or navigator, stix, bookmarks for other tools`)
    .option("--rule <rule>", "only of the rule with this id, or with this in its name")
    .option("--presence <presence>", "only new, still, returning or gone")
    .option("--status <status>", "only new, open or closed")
    .option("--verdict <verdict>", "only true-positive, benign or undecided")
    .option("--entity <text>", "only those that name something with this in it")
    .option("--technique <id>", "only of rules for this technique, or one of its parts")
    .option("--assignee <who>", "only those that this person looks at")
    .option("--tag <tag>", "only those with this tag; may be given again", each, [])
    .option("--since <time>", "only those with an event at or after this time")
    .option("--suppressed", "those that exclusions hide as well")
    .action(async (options) =>
      done(await (await import("../commands/findings.ts")).findingsCommand(options, terminal)),
    );
  findings
    .command("show")
    .description("show all that is known of findings: who, when, what")
    .argument("<id...>", "ids of findings, or their beginnings")
    .action(async (ids: string[], _options, command: Command) =>
      done(
        await (await import("../commands/findingsShow.ts")).findingsShowCommand(
          ids,
          command.optsWithGlobals(),
          terminal,
        ),
      ),
    );
  findings
    .command("set")
    .description("say what findings are")
    .argument("<id...>", "ids of findings, or their beginnings")
    .option("--status <status>", "new, open or closed")
    .option("--verdict <verdict>", "true-positive, benign or undecided")
    .option("--comment <text>", "why")
    .option("--assignee <who>", "who looks at it; empty for nobody")
    .option("--tag <tag>", "add a tag; may be given again", each, [])
    .option("--untag <tag>", "take a tag away; may be given again", each, [])
    .action(async (ids: string[], _options, command: Command) =>
      done(
        await (await import("../commands/findingsSet.ts")).findingsSetCommand(ids, command.optsWithGlobals(), terminal),
      ),
    );
};
