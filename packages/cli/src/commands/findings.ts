import type { ResultTable } from "@goshawk/engine";
import { type FindingFacts, navigatorLayer, sentinelBookmarks, stixSightings } from "@goshawk/hunt";
import { type ExitCode, exitCodes } from "../exit.ts";
import { type FindingsFilter, findingsFilter } from "../findings/filter.ts";
import { readFindings } from "../findings/read.ts";
import { screenTable } from "../findings/screenTable.ts";
import { forJson } from "../output/escape.ts";
import { chosenFormat, resultText } from "../output/result.ts";
import type { Terminal } from "../terminal.ts";

export interface FindingsOptions extends FindingsFilter {
  readonly store: string;
  readonly format?: string;
}

/** `goshawk findings` */
export async function findingsCommand(options: FindingsOptions, terminal: Terminal): Promise<ExitCode> {
  const wanted = findingsFilter(options);
  const { findings } = await readFindings(options.store, terminal);
  const shown = findings.filter(wanted);
  const other = forOtherTool(options.format, shown, terminal);
  if (other !== undefined) {
    terminal.out(`${forJson(JSON.stringify(other, null, 2))}\n`);
    return exitCodes.ok;
  }
  const format = chosenFormat(options.format, terminal.outIsTerminal);
  const table = format === "table" ? screenTable(shown, terminal.style.width) : findingsTable(shown);
  terminal.out(resultText(table, format, terminal.style));
  return exitCodes.ok;
}

/** The findings as another tool reads them; undefined where the format is one of ours. */
function forOtherTool(
  format: string | undefined,
  findings: readonly FindingFacts[],
  terminal: Terminal,
): object | undefined {
  switch (format) {
    case "navigator":
      return navigatorLayer(findings, "Goshawk findings");
    case "stix": {
      const { bundle, left } = stixSightings(findings);
      if (left > 0) terminal.note(`${left} left out: no hunt has recorded the query of their rule; run it once more.`);
      return bundle;
    }
    case "bookmarks":
      return sentinelBookmarks(findings);
    default:
      return undefined;
  }
}

function findingsTable(findings: readonly FindingFacts[]): ResultTable {
  return {
    columns: [
      { name: "Id", type: "string" },
      { name: "Presence", type: "string" },
      { name: "Status", type: "string" },
      { name: "Verdict", type: "string" },
      { name: "Entity", type: "string" },
      { name: "FirstSeen", type: "datetime" },
      { name: "LastSeen", type: "datetime" },
      { name: "Runs", type: "long" },
      { name: "Rule", type: "string" },
      { name: "Technique", type: "string" },
      { name: "SuppressedBy", type: "string" },
      { name: "Assignee", type: "string" },
      { name: "Tags", type: "string" },
      { name: "Comment", type: "string" },
      { name: "RuleId", type: "string" },
      { name: "Events", type: "string" },
      { name: "Entities", type: "dynamic" },
      { name: "Evidence", type: "dynamic" },
      { name: "Comments", type: "dynamic" },
    ],
    rows: findings.map((finding) => [
      finding.id,
      finding.presence,
      finding.status,
      finding.verdict,
      finding.entity,
      finding.firstSeen,
      finding.lastSeen,
      String(finding.runs),
      finding.rule.name,
      finding.rule.techniques.join(" "),
      finding.latest.suppressedBy.join(" "),
      finding.assignee,
      finding.tags.join(" "),
      finding.comments.at(-1)?.text ?? "",
      ...wholeCells(finding),
    ]),
    truncated: false,
  };
}

function wholeCells({ rule, latest, comments }: FindingFacts): readonly string[] {
  return [
    rule.id,
    latest.count ?? String(latest.rows),
    JSON.stringify(latest.entities ?? []),
    JSON.stringify(Object.fromEntries(latest.evidence)),
    JSON.stringify(comments),
  ];
}
