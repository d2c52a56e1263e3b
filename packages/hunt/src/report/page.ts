import { attackMap } from "./attackMap.ts";
import { decisions } from "./decisions.ts";
import { exclusionCards } from "./exclusions.ts";
import { findingsByRule } from "./findings.ts";
import { firstLook } from "./firstLook.ts";
import { type Html, html } from "./html.ts";
import type { Report } from "./report.ts";
import { searched } from "./searched.ts";
import { style } from "./style.ts";
import { summary } from "./summary.ts";
import { timeline } from "./timeline.ts";
import { minute, plural } from "./words.ts";

/** A report as one HTML file that needs nothing else, runs no script, and holds every value as text. */
export function reportPage(report: Report, madeAt: string): string {
  const { hunt } = report;
  const look = firstLook(report);
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${hunt.title}</title><style>${{ html: style }}</style></head><body>
<h1 class="isolated">${hunt.title}</h1>
<p class="meta isolated">Hunted on ${minute(hunt.at)} UTC by ${hunt.by}, with ${plural(hunt.rules.length, "rule")}; ${clockOf(report)}. Hunt ${hunt.id}.</p>
${summary(report)}
${section("Hypothesis", hypotheses(report))}
${look === undefined ? "" : section("Where to look first", look)}
${section("Findings over time", timeline(report.findings))}
${section("Findings", findingsByRule(report))}
${section("What was searched, and what could not be", searched(report))}
${section("Exclusions", exclusionCards(report))}
${section("ATT&CK", attackMap(report))}
${section("Decisions", decisions(report))}
<footer>Made by Goshawk on ${minute(madeAt)} UTC. Times are UTC. A finding is a rule and the entities that a row of its answer names; its events are those that the rule counted, else the rows of the answer that name it; “gone” means that a rule that could look did not see it again. Characters that can't be seen are written as their codes.</footer>
</body></html>
`;
  return page.html;
}

function section(title: string, body: Html): Html {
  return html`<section><h2>${title}</h2>
${body}</section>
`;
}

function hypotheses({ hunt }: Report): Html {
  if (hunt.hypotheses.length === 0)
    return html`<p class="quiet">None was stated; the rules looked for: ${[...new Set(hunt.rules.map(({ name }) => name))].slice(0, 12).join("; ")}${hunt.rules.length > 12 ? " …" : ""}.</p>`;
  return html`${hunt.hypotheses.map((text) => html`<blockquote class="isolated">${text}</blockquote>`)}`;
}

/** What `now()` was for the rules. */
function clockOf({ hunt }: Report): string {
  const clocks = [...new Set(hunt.rules.flatMap(({ now }) => now ?? []))].sort();
  const [first] = clocks;
  if (first === undefined) return "no rule ran";
  return clocks.length === 1
    ? `now() was ${minute(first)}`
    : `now() was between ${minute(first)} and ${minute(clocks.at(-1))}`;
}
