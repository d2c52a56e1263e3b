import { attackCatalogue } from "../attack/catalogue.ts";
import type { HuntedRule } from "../findings/huntEntry.ts";
import { type Html, html } from "./html.ts";
import type { Report } from "./report.ts";

const UNSAID = "no tactic said";

interface Cell {
  rules: number;
  findings: number;
  blind: number;
}

/** What the rules of the hunt look for, by the tactics and techniques that they name, with what they have found. */
export function attackMap({ hunt }: Report): Html {
  const columns = new Map<string, Map<string, Cell>>();
  for (const rule of hunt.rules) {
    for (const technique of rule.techniques.length > 0 ? rule.techniques : ["no technique said"]) {
      for (const tactic of tacticsOf(rule, technique)) {
        const cells = columns.get(tactic) ?? new Map<string, Cell>();
        columns.set(tactic, cells);
        const cell = cells.get(technique) ?? { rules: 0, findings: 0, blind: 0 };
        cells.set(technique, cell);
        cell.rules++;
        cell.findings += rule.findings;
        if (rule.outcome !== "findings" && rule.outcome !== "clean") cell.blind++;
      }
    }
  }
  const tactics = attackCatalogue().tactics.map(({ key }) => key);
  const order = (tactic: string): number => (tactics.indexOf(tactic) + tactics.length + 1) % (tactics.length + 1);
  const shown = [...columns].sort(([a], [b]) => order(a) - order(b));
  return html`<div class="attack">${shown.map(
    ([tactic, cells]) =>
      html`<div class="tactic"><h3>${spaced(tactic)}</h3>${[...cells]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([technique, cell]) => cellOf(technique, cell))}</div>`,
  )}</div>`;
}

/** Where a technique stands: under those of the rule's tactics that it serves, else those that the rule says, else all of its own. */
function tacticsOf({ tactics }: HuntedRule, technique: string): readonly string[] {
  const own = attackCatalogue().techniques.get(technique)?.tactics ?? [];
  const both = tactics.filter((tactic) => own.includes(tactic));
  return [both, tactics, own].find((list) => list.length > 0) ?? [UNSAID];
}

function cellOf(technique: string, { rules, findings, blind }: Cell): Html {
  const kind = findings > 0 ? "hit" : blind === rules ? "blind" : "clean";
  const said = findings > 0 ? `${findings} found` : blind === rules ? "could not look" : "nothing found";
  const some = findings === 0 && blind > 0 && blind < rules ? `, ${blind} could not look` : "";
  return html`<div class="technique ${kind}"><b>${technique}</b> ${attackCatalogue().techniques.get(technique)?.name ?? ""}<br>${said}<br><small>${rules} ${rules === 1 ? "rule" : "rules"}${some}</small></div>`;
}

function spaced(tactic: string): string {
  return tactic.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/ And /, " and ");
}
