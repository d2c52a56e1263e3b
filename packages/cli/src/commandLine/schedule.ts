import { type CommandFamily, each, formatHelp, storeFolder, withOutside } from "./options.ts";

/** What runs rules as a schedule would. */
export const scheduleCommands: CommandFamily = (program, terminal, done) => {
  const backtest = program
    .command("backtest")
    .description("replay a rule's schedule over the past: alerts a day, with and without exclusions")
    .argument("<rule>", "a file with one rule")
    .option("--from <time>", "the first run; the first event of its tables unless said")
    .option("--to <time>", "the last run; the newest event of its tables unless said")
    .option("--now <time>", "the same as --to, as other commands have it")
    .option("--every <duration>", "time between runs, such as 1h or PT5M; the rule's queryFrequency unless said")
    .option("--period <duration>", "how far back a run sees events; the rule's queryPeriod unless said")
    .option("--exclusions <path>", "files and folders of exclusions to compare with", each, [])
    .option("--format <format>", formatHelp)
    .option("--store <dir>", "the store's folder", storeFolder);
  withOutside(backtest).action(async (rule: string, options) =>
    done(await (await import("../commands/backtest.ts")).backtestCommand(rule, options, terminal)),
  );
  const schedule = program
    .command("schedule")
    .description("run rules by their own frequency until stopped; alerts are NDJSON on standard output")
    .argument("<rules...>", "files and folders")
    .option("--every <duration>", "for rules that state no queryFrequency", "1d")
    .option("--exclusions <path>", "files and folders of exclusions to apply", each, [])
    .option("--catch-up <runs>", "how many missed runs of a rule are made up for after a pause", "24")
    .option("--timeout <seconds>", "stop a rule that runs longer", "600")
    .option("--max-rows <n>", "take so many rows of a rule's answer", "100000")
    .option("--once", "run what is due, and end")
    .option("--store <dir>", "the store's folder", storeFolder);
  withOutside(schedule).action(async (rules: string[], options) =>
    done(await (await import("../commands/schedule.ts")).scheduleCommand(rules, options, terminal)),
  );
};
