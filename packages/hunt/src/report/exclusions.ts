import type { HuntedExclusion, HuntedRule } from "../findings/huntEntry.ts";
import { type Html, html } from "./html.ts";
import type { Report, ReportedFinding } from "./report.ts";
import { type TableColumn, tableOf } from "./table.ts";
import { minute, plural } from "./words.ts";

/** Each exclusion with what it means, who answers for it and what it hid. */
export function exclusionCards({ hunt, findings }: Report): Html {
  if (hunt.exclusions.length === 0)
    return html`<p>No exclusion was given: everything that the rules found is above.</p>`;
  const hidden = findings.filter(({ latest, presence }) => latest.suppressedBy.length > 0 && presence !== "gone");
  const rules = new Map(hunt.rules.map((rule) => [rule.id, rule]));
  return html`${hunt.exclusions.map((exclusion) =>
    card(
      exclusion,
      hidden.filter(({ latest }) => latest.suppressedBy.includes(exclusion.id)),
      rules,
    ),
  )}`;
}

function card(
  exclusion: HuntedExclusion,
  hidden: readonly ReportedFinding[],
  rules: ReadonlyMap<string, HuntedRule>,
): Html {
  const { id, scenario, meaning, table, when, evidence, owner, reason, ticket, expires, state } = exclusion;
  const means = { drop: "hides rows for which this is true", keep: "hides rows for which this is not true" };
  const name = (rule: string): string => rules.get(rule)?.name ?? rule;
  const broken = exclusion.effects.flatMap((effect) =>
    effect.broken === undefined ? [] : [`Not applied to ${name(effect.rule)}: ${effect.broken}`],
  );
  const reasons = {
    unreached: `the rule reads ${table} by a wildcard or a function, where it can't reach it.`,
    "beside-broken": "another exclusion was refused there, and without it none is applied.",
  };
  const unapplied = (exclusion.unapplied ?? []).map(({ rule, why }) => `Not applied to ${name(rule)}: ${reasons[why]}`);
  return html`<div class="card"><h3 class="isolated">${scenario} <small>${id}</small></h3>
<p>${effectText(exclusion)}</p>
${broken.map((line) => html`<p class="isolated"><span class="tag true-positive">refused</span> ${line}</p>`)}
${unapplied.map((line) => html`<p class="isolated"><span class="tag blind">not applied</span> ${line}</p>`)}
<p class="quiet isolated">${table}: ${meaning === undefined ? "nobody has said yet how this is meant" : means[meaning]}${evidence === undefined ? "" : `, as seen in ${evidence}`}:</p>
<pre>${when}</pre>
<p class="quiet isolated">Owner ${owner}, until ${expires}${state === "expired" ? " (expired)" : ""}: ${reason}${ticket === undefined ? "" : ` (${ticket})`}</p>
${hidden.length === 0 ? "" : hiddenTable(hidden)}</div>`;
}

function effectText({ state, effects, unapplied = [] }: HuntedExclusion): Html {
  if (state === "draft") return html`<span class="tag hidden">draft</span> It is not applied.`;
  if (state === "expired") return html`<span class="tag blind">expired</span> It is not applied any more.`;
  if (effects.length === 0 && unapplied.length > 0) return html`It hides nothing: no rule of this hunt had it applied.`;
  if (effects.length === 0)
    return html`<span class="tag hidden">idle</span> None of the rules of this hunt reads its table.`;
  const sum = (pick: (effect: HuntedExclusion["effects"][number]) => number): number =>
    effects.reduce((total, effect) => total + pick(effect), 0);
  const [hides, alone, weakens] = [sum((e) => e.hides), sum((e) => e.hidesAlone), sum((e) => e.weakens)];
  const of = sum((effect) => effect.of);
  return html`Hides <b>${hides}</b> of ${plural(of, "finding")}${hides > alone ? `, ${alone} of them alone` : ""}${weakens > 0 ? `; takes events from ${plural(weakens, "finding")} that stay` : ""}.`;
}

function hiddenTable(findings: readonly ReportedFinding[]): Html {
  const rows = findings
    .slice(0, MOST_HIDDEN)
    .map(({ entity, rule, latest }) => [entity, rule.name, minute(latest.first), minute(latest.last)]);
  const more = findings.length - rows.length;
  return html`${tableOf(hiddenColumns, rows)}${more > 0 ? html`<p class="quiet">and ${more} more.</p>` : ""}`;
}

const MOST_HIDDEN = 50;
const hiddenColumns: readonly TableColumn[] = [
  { name: "Hidden finding", kind: "e" },
  { name: "Rule" },
  { name: "First event", kind: "t" },
  { name: "Last event", kind: "t" },
];
