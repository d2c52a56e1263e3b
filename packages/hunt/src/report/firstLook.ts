import { type Html, html, type Part } from "./html.ts";
import { byEntity, kindOf } from "./kind.ts";
import type { Report, ReportedFinding } from "./report.ts";
import { type TableColumn, tableOf } from "./table.ts";
import { minute, plural } from "./words.ts";

const MOST_ROWS = 12;
const MOST_RULES = 3;

/** The entities that most rules speak of: where a hunter looks first. Empty where each is spoken of once. */
export function firstLook({ findings }: Report): Html | undefined {
  const open = findings.filter((finding) => ["true-positive", "open"].includes(kindOf(finding)));
  const groups = byEntity(open);
  if (groups.length === 0 || groups.every(({ own }) => own.length === 1)) return undefined;
  const more = groups.length > MOST_ROWS ? html`<p class="quiet">and ${groups.length - MOST_ROWS} more.</p>` : "";
  const rows = groups.slice(0, MOST_ROWS).map(({ entity, own }) => row(entity, own));
  return html`${tableOf(columns, rows)}${more}`;
}

const columns: readonly TableColumn[] = [
  { name: "Entity", kind: "e" },
  { name: "Findings", kind: "n" },
  { name: "First event", kind: "t" },
  { name: "Last event", kind: "t" },
  { name: "Rules" },
];

function row(entity: string, own: readonly ReportedFinding[]): readonly Part[] {
  const confirmed = own.filter((finding) => finding.verdict === "true-positive").length;
  const rules = [...new Set(own.map(({ rule }) => rule.name))];
  const shown = rules.slice(0, MOST_RULES).join("; ");
  const times = own.flatMap(({ latest }) => [latest.first, latest.last].flatMap((time) => time ?? [])).sort();
  const tag = html` <span class="tag true-positive">${plural(confirmed, "true positive")}</span>`;
  const more = rules.length > MOST_RULES ? ` and ${rules.length - MOST_RULES} more` : "";
  return [
    html`<b>${entity === "" ? "(no name)" : entity}</b>${confirmed === 0 ? "" : tag}`,
    own.length,
    minute(times[0]),
    minute(times.at(-1)),
    `${shown}${more}`,
  ];
}
