import { type FindingFacts, type HistoryLine, historyOf } from "@goshawk/hunt";
import { type ExitCode, exitCodes } from "../exit.ts";
import { findingsNamed, readFindings } from "../findings/read.ts";
import { forJson, forTerminal } from "../output/escape.ts";
import type { Terminal } from "../terminal.ts";

export interface FindingsShowOptions {
  readonly store: string;
  readonly format?: string;
}

/** `goshawk findings show <id>…`: everything that is known of findings; as JSON where asked for. */
export async function findingsShowCommand(
  ids: readonly string[],
  options: FindingsShowOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { entries, findings } = await readFindings(options.store, terminal);
  for (const finding of findingsNamed(ids, findings)) {
    const history = historyOf(entries, finding.id);
    terminal.out(
      options.format === "json" || options.format === "ndjson"
        ? `${forJson(JSON.stringify({ ...finding, history }))}\n`
        : shown(finding, history),
    );
  }
  return exitCodes.ok;
}

function shown(finding: FindingFacts, history: readonly HistoryLine[]): string {
  const { latest, rule, tactics } = finding;
  const lines: readonly (readonly [string, string])[] = [
    ["finding", finding.id],
    ["rule", `${rule.name} (${rule.id})`],
    ["ATT&CK", [...tactics, ...rule.techniques].join(" ")],
    ["entity", finding.entity],
    ...(latest.entities ?? []).map(({ type, identifier, value }) => [`  ${type}`, `${value} (${identifier})`] as const),
    ["events", `${latest.count ?? latest.rows}, ${finding.firstSeen ?? "?"} to ${finding.lastSeen ?? "?"}`],
    ["presence", `${finding.presence}, seen by ${finding.runs} ${finding.runs === 1 ? "run" : "runs"}`],
    ["hidden by", latest.suppressedBy.join(", ")],
    ["status", finding.status],
    ["verdict", finding.verdict],
    ["assignee", finding.assignee],
    ["tags", finding.tags.join(" ")],
    ...latest.evidence.map(([column, value]) => [`  ${column}`, value] as const),
  ];
  const filled = lines.filter(([, value]) => value !== "");
  const body = filled.map(([name, value]) => `${name.padEnd(12)} ${forTerminal(value)}`);
  const told = history.map(({ at, by, what }) => `  ${at.slice(0, 19)}Z  ${forTerminal(by)}  ${forTerminal(what)}`);
  return `${[...body, "history", ...told, ""].join("\n")}\n`;
}
