import { type Html, html } from "./html.ts";
import { byEntity, kindOf } from "./kind.ts";
import type { Report, ReportedFinding } from "./report.ts";
import { minute, plural } from "./words.ts";

const MOST_ROWS = 12;
const MOST_RULES = 3;

/** The entities that most rules speak of: where a hunter looks first. Empty where each is spoken of once. */
export function firstLook({ findings }: Report): Html | undefined {
  const open = findings.filter((finding) => ["true-positive", "open"].includes(kindOf(finding)));
  const groups = byEntity(open);
  if (groups.length === 0 || groups.every(({ own }) => own.length === 1)) return undefined;
  const more = groups.length > MOST_ROWS ? html`<p class="quiet">and ${groups.length - MOST_ROWS} more.</p>` : "";
  return html`<table><thead><tr><th>Entity</th><th class="n">Findings</th><th>First event</th><th>Last event</th><th>Rules</th></tr></thead><tbody>${groups
    .slice(0, MOST_ROWS)
    .map(({ entity, own }) => row(entity, own))}</tbody></table>${more}`;
}

function row(entity: string, own: readonly ReportedFinding[]): Html {
  const confirmed = own.filter((finding) => finding.verdict === "true-positive").length;
  const rules = [...new Set(own.map(({ rule }) => rule.name))];
  const shown = rules.slice(0, MOST_RULES).join("; ");
  const times = own.flatMap(({ latest }) => [latest.first, latest.last].flatMap((time) => time ?? [])).sort();
  return html`<tr><td class="e"><b>${entity === "" ? "(no name)" : entity}</b>${confirmed === 0 ? "" : html` <span class="tag true-positive">${plural(confirmed, "true positive")}</span>`}</td><td class="n">${own.length}</td><td class="t">${minute(times[0])}</td><td class="t">${minute(times.at(-1))}</td><td>${shown}${rules.length > MOST_RULES ? ` and ${rules.length - MOST_RULES} more` : ""}</td></tr>`;
}
