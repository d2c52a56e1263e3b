/** The report's only style sheet; what it colours is also said in words. */
export const style = `
:root { --ink: #1c2430; --quiet: #5b6675; --line: #d8dee6; --red: #b3261e; --amber: #9a6700; --green: #1a7f4b; --blue: #1f5fae; --grey: #8b95a3; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1020px; padding: 32px 28px 64px; color: var(--ink); background: #fff; font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; }
h1 { font-size: 27px; line-height: 1.2; margin: 0 0 4px; } h2 { font-size: 19px; margin: 38px 0 10px; padding-bottom: 4px; border-bottom: 2px solid var(--ink); }
h3 { font-size: 15px; margin: 18px 0 6px; } p { margin: 8px 0; max-width: 78ch; }
bdi, td, th, code, .isolated { unicode-bidi: isolate; overflow-wrap: anywhere; }
.quiet, small { color: var(--quiet); } .meta { color: var(--quiet); margin: 0 0 20px; max-width: none; }
blockquote { margin: 14px 0; padding: 10px 16px; border-left: 4px solid var(--blue); background: #f4f7fb; white-space: pre-wrap; max-width: none; }
.verdict { font-size: 17px; max-width: none; } .verdict b { white-space: nowrap; }
.figures { display: grid; grid-template-columns: repeat(5, 1fr); gap: 10px; margin: 16px 0; }
.figure { border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px; } .figure b { display: block; font-size: 26px; line-height: 1.15; }
.figure.bad b { color: var(--red); } .figure.warn b { color: var(--amber); }
table { border-collapse: collapse; width: 100%; margin: 8px 0; font-size: 13.5px; } th { text-align: left; color: var(--quiet); font-weight: 600; white-space: nowrap; }
th, td { padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); vertical-align: top; } td.n, th.n { text-align: right; white-space: nowrap; } td.t, td > code { white-space: nowrap; }
td.e { min-width: 300px; } tr { break-inside: avoid; }
code, pre { font: 12.5px/1.45 ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; } pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f6f8fa; padding: 8px 12px; border-radius: 4px; margin: 6px 0; }
.tag { display: inline-block; border-radius: 10px; padding: 0 8px; font-size: 12px; border: 1px solid currentColor; white-space: nowrap; }
.tag.true-positive, .tag.new, .tag.returning { color: var(--red); } .tag.open, .tag.still { color: var(--amber); } .tag.benign, .tag.clean { color: var(--green); } .tag.hidden, .tag.gone { color: var(--quiet); } .tag.blind { color: var(--amber); }
.evidence { color: var(--quiet); font-size: 12.5px; }
.timeline { width: 100%; height: auto; } .timeline .grid { stroke: var(--line); } .timeline text { font-size: 11px; fill: var(--ink); } .timeline .axis { fill: var(--quiet); }
.timeline rect { fill: var(--amber); } .timeline .true-positive { fill: var(--red); } .timeline .benign { fill: var(--green); }
.timeline .hidden { fill: #fff; stroke: var(--grey); stroke-dasharray: 3 2; } .timeline .gone { fill: var(--line); stroke: var(--grey); }
.legend { color: var(--quiet); font-size: 12.5px; } .key { display: inline-block; width: 16px; height: 9px; border-radius: 3px; margin: 0 5px 0 14px; background: var(--amber); }
.key.true-positive { background: var(--red); } .key.benign { background: var(--green); } .key.hidden { background: #fff; border: 1px dashed var(--grey); } .key.gone { background: var(--line); border: 1px solid var(--grey); }
.attack { display: flex; flex-wrap: wrap; gap: 10px; align-items: flex-start; } .tactic { flex: 0 1 175px; } .tactic h3 { margin: 0 0 6px; }
.technique { border: 1px solid var(--line); border-left: 4px solid var(--grey); border-radius: 4px; padding: 4px 9px; margin-bottom: 6px; font-size: 13px; break-inside: avoid; }
.technique.hit { border-left-color: var(--red); background: #fdf3f2; } .technique.clean { border-left-color: var(--green); } .technique.blind { border-left-color: var(--amber); background: #fdf8ec; }
.card { border: 1px solid var(--line); border-radius: 6px; padding: 10px 14px; margin: 10px 0; break-inside: avoid; } .card h3 { margin: 0 0 4px; } .card p { margin: 4px 0; }
footer { margin-top: 48px; color: var(--quiet); font-size: 12.5px; border-top: 1px solid var(--line); padding-top: 10px; }
@media screen and (max-width: 640px) {
  body { padding: 20px 14px 48px; } h1 { font-size: 22px; } .figures { grid-template-columns: repeat(2, 1fr); }
  thead { display: none; } table, tbody, tr, td { display: block; } tr { padding: 8px 0; border-bottom: 1px solid var(--line); }
  td, td.n { border: 0; padding: 1px 0; text-align: left; } td:empty { display: none; } td.e { min-width: 0; }
  td:not(:first-child)::before { content: attr(data-of) ": "; color: var(--quiet); }
  .scroll { overflow-x: auto; } .scroll .timeline { min-width: 620px; } .tactic { flex: 1 1 100%; }
}
@page { margin: 16mm 14mm; }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } h2, h3 { break-after: avoid; } h2 { margin-top: 24px; } table { font-size: 9pt; } pre, code { font-size: 8.5pt; } }
`;
