import { type CommandFamily, formatHelp, nowHelp, storeFolder, withOutside } from "./options.ts";

/** Drafts, weighs and tries exclusions. */
export const exclusionCommands: CommandFamily = (program, terminal, done) => {
  const exclusion = program.command("exclusion").description("draft, weigh and try exclusions of false positives");
  exclusion
    .command("draft")
    .description("make drafts of a page's false-positive scenarios, for the rule on it")
    .argument("<page>", "the page")
    .option("--owner <who>", "who will answer for them", "somebody")
    .action(async (page: string, options) =>
      done(await (await import("../commands/exclusionDraft.ts")).exclusionDraftCommand(page, options, terminal)),
    );
  const preview = exclusion
    .command("preview")
    .description("show what exclusions would hide, before they do")
    .argument("<exclusions>", "a file or folder of exclusions")
    .argument("<rules...>", "files and folders of rules")
    .option("--now <time>", nowHelp)
    .option("--format <format>", formatHelp)
    .option("--store <dir>", "the store's folder", storeFolder)
    .option("--most <percent>", "share of a rule's findings that one may hide", "50");
  withOutside(preview).action(async (exclusions: string, rules: string[], options) =>
    done(
      await (await import("../commands/exclusionPreview.ts")).exclusionPreviewCommand(
        exclusions,
        rules,
        options,
        terminal,
      ),
    ),
  );
  exclusion
    .command("review")
    .description(
      "tell which exclusions are expired, refused, stale or drifting, by their dates and the hunts of the past",
    )
    .argument("<exclusions...>", "files and folders of exclusions")
    .option("--store <dir>", "the store's folder", storeFolder)
    .option("--format <format>", formatHelp)
    .option("--days <n>", "days without effect after which one is stale", "30")
    .option("--drift <times>", "how many times as much as usual is far more", "3")
    .option("--ci", "fail when one is expired or was refused")
    .option("--today <day>", "the day to judge by, such as 2026-11-24")
    .action(async (exclusions: string[], options) =>
      done(
        await (await import("../commands/exclusionReview.ts")).exclusionReviewCommand(exclusions, options, terminal),
      ),
    );
  const portable = exclusion
    .command("export")
    .description("write a rule with its exclusions as KQL for Sentinel or Defender, proven on the store's data")
    .argument("<exclusions>", "a file or folder of exclusions")
    .argument("<rule>", "a file with one rule")
    .option("--form <form>", "let: before the rule's unchanged text; inline: where the text names the table", "let")
    .option("--out <file>", "write to a file instead of standard output")
    .option("--as-watchlists <dir>", "write exclusions that are lists of values as watchlists, and read them there")
    .option("--now <time>", nowHelp)
    .option("--store <dir>", "the store's folder", storeFolder);
  withOutside(portable).action(async (exclusions: string, rule: string, options) =>
    done(
      await (await import("../commands/exclusionExport.ts")).exclusionExportCommand(
        exclusions,
        rule,
        options,
        terminal,
      ),
    ),
  );
};
