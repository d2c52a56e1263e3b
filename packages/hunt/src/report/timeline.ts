import { type Html, html } from "./html.ts";
import type { ReportedFinding } from "./report.ts";
import { minute } from "./words.ts";

const MOST_ROWS = 60;
const [WIDTH, LEFT, RIGHT, ROW, TOP] = [960, 260, 20, 18, 30];
const LONGEST_LABEL = 36;

/** Findings as bars from their first event to the last, the oldest on top. */
export function timeline(findings: readonly ReportedFinding[]): Html {
  const timed = findings
    .flatMap((finding) => {
      const [from, to] = [instant(finding.latest.first), instant(finding.latest.last)];
      return from === undefined || to === undefined ? [] : [{ finding, from, to }];
    })
    .sort((a, b) => a.from - b.from);
  if (timed.length === 0) return html`<p class="quiet">No finding of this hunt has a time.</p>`;
  const shown = timed.slice(0, MOST_ROWS);
  const start = Math.min(...shown.map(({ from }) => from));
  const end = Math.max(...shown.map(({ to }) => to), start + 60_000);
  const x = (at: number): number => round(LEFT + ((WIDTH - LEFT - RIGHT) * (at - start)) / (end - start));
  const height = TOP + shown.length * ROW + 8;
  const ticks = ticksBetween(start, end);
  const lines = ticks.map(
    ({ at, label }) => html`<line class="grid" x1="${x(at)}" x2="${x(at)}" y1="${TOP - 6}" y2="${height - 4}"/>
<text class="axis" x="${x(at)}" y="${TOP - 12}" text-anchor="middle">${label}</text>`,
  );
  const bars = shown.map(({ finding, from, to }, index) => {
    const y = TOP + index * ROW;
    const width = Math.max(5, round(x(to) - x(from)));
    const title = `${finding.entity}, ${finding.rule.name}: ${minute(finding.latest.first)} to ${minute(finding.latest.last)}`;
    return html`<g class="${kindOf(finding)}"><title>${title}</title>
<text class="label" x="${LEFT - 10}" y="${y + 11}" text-anchor="end">${cut(finding.entity)}</text>
<rect x="${x(from)}" y="${y + 2}" width="${width}" height="${ROW - 7}" rx="3"/></g>`;
  });
  const more =
    timed.length > shown.length
      ? html`<p class="quiet">The first ${shown.length} of ${timed.length} findings.</p>`
      : "";
  const label = `Findings over time, from ${minute(shown[0]?.finding.latest.first)}`;
  return html`<svg class="timeline" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">${lines}${bars}</svg>
<p class="legend"><span class="key true-positive"></span>true positive <span class="key open"></span>to look at
<span class="key benign"></span>benign <span class="key hidden"></span>hidden by an exclusion <span class="key gone"></span>gone</p>${more}`;
}

/** How a finding is drawn: by verdict, then by what became of it. */
export function kindOf(finding: ReportedFinding): "true-positive" | "benign" | "hidden" | "gone" | "open" {
  if (finding.verdict === "true-positive") return "true-positive";
  if (finding.verdict === "benign") return "benign";
  if (finding.latest.suppressedBy.length > 0) return "hidden";
  return finding.presence === "gone" ? "gone" : "open";
}

function cut(text: string): string {
  return text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text;
}

/** Milliseconds; undefined for what is no time of the years that a Date knows. */
function instant(time: string | null): number | undefined {
  const at = time === null ? Number.NaN : Date.parse(time.replace(/(\.\d{3})\d*Z$/, "$1Z"));
  return Number.isNaN(at) ? undefined : at;
}

const steps: readonly number[] = [1, 5, 15, 60, 360, 1440, 2 * 1440, 7 * 1440, 30 * 1440, 365 * 1440].map(
  (minutes) => minutes * 60_000,
);

/** At most seven marks, at whole steps. */
function ticksBetween(start: number, end: number): readonly { readonly at: number; readonly label: string }[] {
  const step = steps.find((size) => (end - start) / size <= 6) ?? (end - start) / 6;
  const marks: { readonly at: number; readonly label: string }[] = [];
  for (let at = Math.ceil(start / step) * step; at <= end; at += step) {
    const text = new Date(at).toISOString();
    marks.push({ at, label: step >= 86_400_000 ? text.slice(0, 10) : text.slice(5, 16).replace("T", " ") });
  }
  return marks;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
