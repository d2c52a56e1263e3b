import type { DecisionEntry } from "../findings/record.ts";
import { type Html, html } from "./html.ts";
import type { Report } from "./report.ts";
import { tableOf } from "./table.ts";
import { minute } from "./words.ts";

const MOST_NAMES = 6;

/** Who said what of which findings, and when. */
export function decisions({ decisions: entries, findings }: Report): Html {
  if (entries.length === 0) return html`<p>Nobody has decided anything about these findings yet.</p>`;
  const names = new Map(findings.map(({ id, entity }) => [id, entity === "" ? id : entity]));
  const rows = entries.map((entry) => {
    const known = [...new Set(entry.ids.flatMap((id) => names.get(id) ?? []))];
    const more = known.length > MOST_NAMES ? ` and ${known.length - MOST_NAMES} more` : "";
    return [minute(entry.at), entry.by, `${known.slice(0, MOST_NAMES).join(", ")}${more}`, decisionText(entry)];
  });
  return tableOf([{ name: "When (UTC)", kind: "t" }, { name: "Who" }, { name: "Findings" }, { name: "What" }], rows);
}

/** A decision in words. */
export function decisionText({ verdict, status, assignee, tags, untags, comment }: DecisionEntry): string {
  const parts = [
    ...(verdict === undefined ? [] : [`verdict ${verdict}`]),
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(assignee === undefined ? [] : [assignee === "" ? "assigned to nobody" : `assigned to ${assignee}`]),
    ...(tags ?? []).map((tag) => `tagged ${tag}`),
    ...(untags ?? []).map((tag) => `tag ${tag} removed`),
    ...(comment === undefined ? [] : [comment]),
  ];
  return parts.join("; ");
}
