import type { HuntedRule } from "../findings/huntEntry.ts";
import { type Html, html, type Part } from "./html.ts";
import { kindOf, weightOf } from "./kind.ts";
import type { Report, ReportedFinding } from "./report.ts";
import { type TableColumn, tableOf } from "./table.ts";
import { minute, plural } from "./words.ts";

/** More than these are for the list of findings, not for a page. */
const MOST_GROUPS = 15;
const MOST_ROWS = 50;
const MOST_ENTITIES = 8;

/** The findings that are there, rule by rule, those that matter most first; then what is gone, and what found nothing. */
export function findingsByRule({ hunt, findings, queries }: Report): Html {
  const shown = findings.filter(({ latest, presence }) => latest.suppressedBy.length === 0 && presence !== "gone");
  const groups = hunt.rules.flatMap((rule) => {
    const own = shown.filter((finding) => finding.rule.id === rule.id);
    return own.length === 0 ? [] : [{ rule, own, weight: Math.max(...own.map(weightOf)) }];
  });
  groups.sort((a, b) => b.weight - a.weight || b.own.length - a.own.length);
  const clean = hunt.rules.filter((rule) => rule.outcome === "clean");
  const gone = findings.filter(({ presence }) => presence === "gone");
  return html`${groups.length === 0 ? html`<p>Nothing is left to look at.</p>` : ""}
${groups.slice(0, MOST_GROUPS).map(({ rule, own }) => group(rule, own, queries.get(rule.id)))}
${groups.length <= MOST_GROUPS ? "" : otherRules(groups.slice(MOST_GROUPS))}
${gone.length === 0 ? "" : html`<h3>Gone since an earlier hunt</h3>${table(gone)}`}
${clean.length === 0 ? "" : html`<h3>Looked, and found nothing</h3><p class="quiet isolated">${clean.map(({ name }) => name).join("; ")}.</p>`}`;
}

interface Group {
  readonly rule: HuntedRule;
  readonly own: readonly ReportedFinding[];
}

function otherRules(groups: readonly Group[]): Html {
  const rows = groups.map(({ rule, own }) => {
    const entities = [...new Set(own.map(({ entity }) => entity))];
    const more = entities.length > MOST_ENTITIES ? ` and ${entities.length - MOST_ENTITIES} more` : "";
    return [rule.name, rule.techniques.join(" "), own.length, `${entities.slice(0, MOST_ENTITIES).join(", ")}${more}`];
  });
  return html`<h3>Found by other rules</h3>
${tableOf([{ name: "Rule" }, { name: "Technique" }, { name: "Findings", kind: "n" }, { name: "Entities" }], rows)}`;
}

function group(rule: HuntedRule, findings: readonly ReportedFinding[], query: string | undefined): Html {
  const said = rule.description.trim().split(/\n\s*\n/)[0] ?? "";
  return html`<h3 class="isolated">${rule.name} <small>${[...rule.tactics, ...rule.techniques].join(" · ")}</small></h3>
${said === "" ? "" : html`<p class="quiet isolated">${said}</p>`}
${table(findings.toSorted((a, b) => weightOf(b) - weightOf(a)))}
${query === undefined ? "" : html`<details><summary class="quiet">The query that ran</summary><pre>${query}</pre></details>`}`;
}

/** Findings as rows, with what is known of each. */
export function table(findings: readonly ReportedFinding[]): Html {
  const rows = findings.slice(0, MOST_ROWS).map(row);
  const more =
    findings.length > MOST_ROWS
      ? html`<p class="quiet">and ${plural(findings.length - MOST_ROWS, "more finding")}.</p>`
      : "";
  const said = findings.some(({ assignee, tags, comments }) => assignee !== "" || tags.length + comments.length > 0);
  return html`${tableOf(said ? columns : columns.slice(0, -1), rows)}${more}`;
}

const columns: readonly TableColumn[] = [
  { name: "Finding", kind: "e" },
  { name: "State" },
  { name: "First event", kind: "t" },
  { name: "Last event", kind: "t" },
  { name: "Events", kind: "n" },
  { name: "Said of it" },
];

function row(finding: ReportedFinding): readonly Part[] {
  const { id, entity, latest, presence, assignee, tags, comments } = finding;
  const kind = kindOf(finding);
  const words = {
    "true-positive": "true positive",
    benign: "benign",
    hidden: "hidden",
    gone: "gone",
    open: presence === "still" ? "still there" : presence,
  };
  const said = [
    ...(assignee === "" ? [] : [`${assignee} looks at it.`]),
    ...comments.slice(-1).map(({ text }) => text),
  ];
  const others = (latest.entities ?? []).filter(({ value }) => value !== entity);
  const details = others.map(({ type, value }) => `${type} ${value}`).join(", ");
  const between = latest.evidence.length > 0 && others.length > 0 ? html`<br>` : "";
  return [
    html`<b>${entity === "" ? "(no name)" : entity}</b> <small>${id}</small><div class="evidence">${details}${between}${evidenceOf(finding)}</div>`,
    html`<span class="tag ${kind === "open" ? presence : kind}">${words[kind]}</span>`,
    minute(latest.first),
    minute(latest.last),
    latest.count ?? latest.rows,
    [said.join(" "), tags.length > 0 ? html` <small>${tags.map((tag) => `#${tag}`).join(" ")}</small>` : ""],
  ];
}

const LONGEST = 160;

function evidenceOf({ latest }: ReportedFinding): string {
  const named = new Set((latest.entities ?? []).map(({ value }) => value));
  const cells = latest.evidence.filter(([, value]) => !named.has(value)).map(([column, value]) => `${column} ${value}`);
  const text = cells.join("; ");
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
