import { type Html, html } from "./html.ts";
import { byEntity, kindOf, weightOf } from "./kind.ts";
import type { ReportedFinding } from "./report.ts";
import { minute, plural } from "./words.ts";

const MOST_ROWS = 50;
const [WIDTH, LEFT, RIGHT, ROW, TOP] = [960, 260, 20, 18, 30];
const LONGEST_LABEL = 36;

interface Timed {
  readonly finding: ReportedFinding;
  readonly from: number;
  readonly to: number;
}

/** Findings as bars from their first event to the last, a row an entity: those that matter most, the oldest on top. */
export function timeline(findings: readonly ReportedFinding[]): Html {
  const groups = byEntity(findings).flatMap(({ entity, own }) => {
    const timed = own.flatMap(timedOf).sort((a, b) => weightOf(a.finding) - weightOf(b.finding));
    return timed.length === 0 ? [] : [{ entity, timed }];
  });
  if (groups.length === 0) return html`<p class="quiet">No finding of this hunt has a time.</p>`;
  const begin = (timed: readonly Timed[]): number => Math.min(...timed.map(({ from }) => from));
  const shown = groups.slice(0, MOST_ROWS).sort((a, b) => begin(a.timed) - begin(b.timed));
  const all = shown.flatMap(({ timed }) => timed);
  const start = Math.min(...all.map(({ from }) => from));
  const end = Math.max(...all.map(({ to }) => to), start + 60_000);
  const x = (at: number): number => round(LEFT + ((WIDTH - LEFT - RIGHT) * (at - start)) / (end - start));
  const height = TOP + shown.length * ROW + 8;
  const lines = ticksBetween(start, end).map(
    ({ at, label }) => html`<line class="grid" x1="${x(at)}" x2="${x(at)}" y1="${TOP - 6}" y2="${height - 4}"/>
<text class="axis" x="${x(at)}" y="${TOP - 12}" text-anchor="middle">${label}</text>`,
  );
  const rows = shown.map(({ entity, timed }, index) => {
    const y = TOP + index * ROW;
    const bars = timed.map((item) => bar(item, y, x));
    return html`<g><text class="label" x="${LEFT - 10}" y="${y + 11}" text-anchor="end">${cut(entity)}</text>${bars}</g>`;
  });
  const more =
    groups.length > shown.length
      ? html`<p class="quiet">The ${shown.length} entities that matter most of ${groups.length}.</p>`
      : "";
  const label = `${plural(all.length, "finding")} over time`;
  return html`<div class="scroll"><svg class="timeline" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">${lines}${rows}</svg></div>
<p class="legend"><span class="key true-positive"></span>true positive <span class="key open"></span>to look at
<span class="key benign"></span>benign <span class="key hidden"></span>hidden by an exclusion <span class="key gone"></span>gone</p>${more}`;
}

function timedOf(finding: ReportedFinding): readonly Timed[] {
  const [from, to] = [instant(finding.latest.first), instant(finding.latest.last)];
  return from === undefined || to === undefined ? [] : [{ finding, from, to }];
}

function bar({ finding, from, to }: Timed, y: number, x: (at: number) => number): Html {
  const { entity, rule, latest } = finding;
  const title = `${entity}, ${rule.name}: ${minute(latest.first)} to ${minute(latest.last)}`;
  return html`<rect class="${kindOf(finding)}" x="${x(from)}" y="${y + 2}" width="${Math.max(5, round(x(to) - x(from)))}" height="${ROW - 7}" rx="3"><title>${title}</title></rect>`;
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
