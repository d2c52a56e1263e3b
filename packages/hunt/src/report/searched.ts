import type { HuntedRule } from "../findings/huntEntry.ts";
import { type Html, html } from "./html.ts";
import type { Report } from "./report.ts";
import { type TableColumn, tableOf } from "./table.ts";
import { day, daysBetween, minute, plural } from "./words.ts";

/** The tables that were searched, and how far each rule could look. */
export function searched({ hunt }: Report): Html {
  const blind = hunt.rules.filter((rule) => rule.outcome !== "findings" && rule.outcome !== "clean");
  const rows = hunt.tables.map(({ name, rows: count, first, last }) => {
    const days = daysBetween(first, last);
    const users = hunt.rules.filter((rule) => rule.searched.includes(name));
    return [html`<code>${name}</code>`, count.toLocaleString("en"), day(first), day(last), days ?? "", usersOf(users)];
  });
  const table =
    rows.length === 0
      ? html`<p>None of the tables that the rules read holds rows: nothing was searched.</p>`
      : tableOf(tableColumns, rows);
  return html`${table}
${blind.length === 0 ? html`<p>Every rule could look.</p>` : blindRules(blind)}
${partlyBlind(hunt.rules)}`;
}

const tableColumns: readonly TableColumn[] = [
  { name: "Table" },
  { name: "Rows", kind: "n" },
  { name: "First day", kind: "t" },
  { name: "Last day", kind: "t" },
  { name: "Days", kind: "n" },
  { name: "Searched by" },
];

const MOST_NAMES = 4;

function usersOf(rules: readonly HuntedRule[]): Html {
  if (rules.length === 0) return html`<span class="quiet">no rule: its rows are older than they look back</span>`;
  const windows = rules.flatMap(({ earliest }) => earliest ?? []).sort();
  const since = windows.length === rules.length && windows[0] !== undefined ? `, from ${minute(windows[0])} on` : "";
  return rules.length > MOST_NAMES
    ? html`${plural(rules.length, "rule")}${since}`
    : html`${rules.map(({ name }) => name).join("; ")}${since}`;
}

function blindRules(rules: readonly HuntedRule[]): Html {
  const rows = rules.map((rule) => [rule.name, whyBlind(rule)]);
  return html`<h3>Could not look</h3>
${tableOf([{ name: "Rule" }, { name: "Why" }], rows)}`;
}

function whyBlind({ outcome, missing, tooOld, reason }: HuntedRule): string {
  if (outcome === "refused") return `It can't run: ${reason ?? ""}`;
  if (outcome === "failed") return `It failed: ${reason ?? ""}`;
  const parts = [
    ...(missing.length === 0 ? [] : [`no rows here of ${missing.join(", ")}`]),
    ...(tooOld.length === 0 ? [] : [`${tooOld.join(", ")} ends before the rule's look-back begins`]),
  ];
  return parts.join("; ");
}

function partlyBlind(rules: readonly HuntedRule[]): Html | string {
  const partly = rules.filter(
    ({ outcome, missing, tooOld }) =>
      (outcome === "findings" || outcome === "clean") && missing.length + tooOld.length > 0,
  );
  if (partly.length === 0) return "";
  const rows = partly.map((rule) => [rule.name, whyBlind(rule)]);
  return html`<h3>Looked only in part</h3>
${tableOf([{ name: "Rule" }, { name: "What was missing" }], rows)}`;
}
