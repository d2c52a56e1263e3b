import { type Html, html } from "./html.ts";
import type { Report } from "./report.ts";
import { plural } from "./words.ts";

/** The figures of a report that all of its parts agree on. */
export interface Figures {
  readonly toLookAt: number;
  readonly truePositives: number;
  readonly benign: number;
  readonly hidden: number;
  readonly ran: number;
  readonly blind: number;
  readonly partly: number;
}

export function figuresOf({ hunt, findings }: Report): Figures {
  const here = findings.filter((finding) => finding.presence !== "gone");
  const shown = here.filter((finding) => finding.latest.suppressedBy.length === 0);
  const ran = hunt.rules.filter((rule) => rule.outcome === "findings" || rule.outcome === "clean");
  return {
    toLookAt: shown.filter(({ verdict, status }) => verdict === "undecided" && status !== "closed").length,
    truePositives: here.filter((finding) => finding.verdict === "true-positive").length,
    benign: shown.filter((finding) => finding.verdict === "benign").length,
    hidden: here.length - shown.length,
    ran: ran.length,
    blind: hunt.rules.length - ran.length,
    partly: ran.filter((rule) => rule.missing.length + rule.tooOld.length > 0).length,
  };
}

/** What a reader takes away who reads no further. */
export function summary(report: Report): Html {
  const figures = figuresOf(report);
  const figure = (value: number, label: string, kind: string): Html =>
    html`<div class="figure ${value > 0 ? kind : ""}"><b>${value.toLocaleString("en")}</b>${label}</div>`;
  return html`<p class="verdict isolated">${sentence(figures)}</p>
<div class="figures">${figure(figures.truePositives, figures.truePositives === 1 ? "true positive" : "true positives", "bad")}${figure(figures.toLookAt, figures.toLookAt === 1 ? "finding to look at" : "findings to look at", "warn")}${figure(figures.benign, "found benign", "")}${figure(figures.hidden, "hidden by exclusions", "")}${figure(figures.blind, figures.blind === 1 ? "rule that could not look" : "rules that could not look", "warn")}</div>`;
}

function sentence({ toLookAt, truePositives, hidden, ran, blind, partly }: Figures): Html {
  const looked = ran === 0 ? "No rule could look" : `${plural(ran, "rule")} looked`;
  const found =
    truePositives > 0
      ? html`: <b>${plural(truePositives, "true positive")}</b>${toLookAt > 0 ? `, and ${plural(toLookAt, "finding")} to look at` : ""}.`
      : toLookAt > 0
        ? html`: <b>${plural(toLookAt, "finding")}</b> to look at, no true positive so far.`
        : ran === 0
          ? html`.`
          : html`, and nothing that is not explained was found.`;
  const hiding = hidden === 0 ? "" : ` Exclusions hide ${plural(hidden, "finding")}, kept below.`;
  const unseen =
    blind === 0
      ? ""
      : html` <b>${plural(blind, "rule")} could not look</b>: what ${blind === 1 ? "it seeks" : "they seek"} is neither found nor ruled out.`;
  const half = partly === 0 ? "" : ` ${plural(partly, "rule")} lacked some of the tables.`;
  return html`${looked}${found}${hiding}${unseen}${half}`;
}
