import { looksLikeKql } from "./kql/looksLikeKql.ts";
import { codeBlocks } from "./markdown/blocks.ts";
import { isPage } from "./page/sections.ts";
import type { RuleFormat } from "./rule.ts";
import { ruleKeyAtMargin } from "./yaml/keys.ts";

/** The endings by which a folder's rule files are told from its other files. */
export const ruleExtensions: readonly string[] = [".yaml", ".yml", ".json", ".kql", ".csl", ".txt", ".md"];

const byExtension: ReadonlyMap<string, RuleFormat> = new Map([
  ["yaml", "yaml"],
  ["yml", "yaml"],
  ["json", "json"],
  ["kql", "kql"],
  ["csl", "kql"],
  ["md", "markdown"],
  ["markdown", "markdown"],
]);

/** What a rule file is written in, by its ending and, where that leaves a doubt, by its text. */
export function formatOf(path: string, text: string): RuleFormat | undefined {
  const stated = byExtension.get(/\.([^.\\/]+)$/.exec(path)?.[1]?.toLowerCase() ?? "");
  if (stated === "kql" || stated === "json") return stated;
  if (stated === "markdown" && codeBlocks(text).length > 0) return stated;
  if (isPage(text)) return "page";
  return stated ?? guessed(text);
}

function guessed(text: string): RuleFormat | undefined {
  if (/^\s*[[{]\s*["{[]/.test(text)) return "json";
  if (/^query:(\s|$)/m.test(text) && countKeys(text) >= 3) return "yaml";
  if (codeBlocks(text).length > 0) return "markdown";
  return looksLikeKql(text) ? "kql" : undefined;
}

function countKeys(text: string): number {
  return text.split(/\r\n|\n|\r/).filter((line) => ruleKeyAtMargin(line) !== undefined).length;
}
