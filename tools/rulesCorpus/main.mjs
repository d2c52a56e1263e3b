// How far the published rules get, per repository, and what stops the others:
//   npm run rules-corpus -- --rules DIR [--check] [--bare] [--rows N] [--only-rows] [--sample N] [--match REGEX] [--reasons N] [--out FILE.jsonl [--resume]] [--minutes N]
// What rules expect from outside is supplied: the functions that the records define, watchlists with the columns that
// a rule names, file profiles, resources, places of addresses and the files of externaldata, all empty. --bare supplies
// nothing. All rules run on empty tables and on N generated rows a table (40; 0 leaves that out); those that look into
// every table do so over the tables that rules read most; --only-rows leaves the empty tables out. Nothing is written unless --out is given;
// --resume takes from that file what an earlier run had found, which --minutes may have ended.
// --check counts what `goshawk check` says of the rules, by code, and does nothing else; with --out FILE.jsonl each problem is there.
import { createWriteStream, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { tableNames } from "@goshawk/store/schemas";
import { formatRepositoryTable, readRuleRecords, sharedFolder, surveyRules } from "@goshawk/testkit";
import { checkRecords, countsText, problemLines } from "./check.mjs";
import { compileTimes } from "./compileTimes.mjs";
import { examineOn } from "./examine.mjs";
import { functionsOf } from "./functions.mjs";
import { foundBefore, keyOf } from "./resume.mjs";
import { everySession, generatedSession } from "./sessions.mjs";

const { values: options } = parseArgs({
  options: {
    rules: { type: "string" },
    bare: { type: "boolean", default: false },
    rows: { type: "string", default: "40" },
    "only-rows": { type: "boolean", default: false },
    sample: { type: "string" },
    match: { type: "string" },
    reasons: { type: "string", default: "60" },
    out: { type: "string" },
    check: { type: "boolean", default: false },
    resume: { type: "boolean", default: false },
    minutes: { type: "string" },
  },
});
const folder = options.rules ?? sharedFolder("rules");
if (folder === undefined) {
  console.error("rules-corpus: no folder of rule records; name one with --rules");
  process.exit(3);
}

const MOST_SEARCHED = 12;
const latest = options.minutes === undefined ? Number.POSITIVE_INFINITY : Number(options.minutes) * 60_000;
const all = [];
for await (const record of readRuleRecords(folder)) all.push(record);
const records = wanted(all);
const { functions, callOf } = options.bare ? { callOf: () => undefined } : await functionsOf(all);
if (options.check) {
  const checked = await checkRecords(records, functions ?? [], availableParallelism());
  if (options.out !== undefined) writeFileSync(options.out, checked.files.map(problemLines).join(""));
  console.log(countsText(checked));
  process.exit();
}
const earlier = options.resume && options.out !== undefined ? await foundBefore(options.out) : new Map();
const out =
  options.out === undefined ? undefined : createWriteStream(options.out, { flags: options.resume ? "a" : "w" });
const times = [];
const read = new Map();
if (options["only-rows"]) for (const name of tablesNamed()) read.set(name, 1);
else {
  const empty = await everySession(functions);
  await survey("on empty tables", () => empty);
  await empty.dispose();
  console.log(`\n${compileTimes(times)}`);
}
const rows = Number(options.rows);
if (rows > 0) {
  const byUse = [...read].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const every = await generatedSession(byUse, rows, functions);
  const few = await generatedSession(byUse.slice(0, MOST_SEARCHED), rows, functions);
  await survey(`on ${rows} generated rows a table`, ({ query }) => (looksEverywhere(query) ? few : every));
  await few.dispose();
  await every.dispose();
}
out?.end();

function tablesNamed() {
  const words = new Set(records.flatMap(({ query }) => query.match(/\w+/g) ?? []));
  return tableNames().filter((name) => words.has(name));
}

/** Every column of every table is in the answer of such a query. */
function looksEverywhere(query) {
  return /\b(search|find)\b|\bunion\b[^|]*[\s,(]\*/.test(query);
}

function wanted(from) {
  const match = options.match === undefined ? undefined : new RegExp(options.match);
  const fitting = from.filter(({ query }) => match?.test(query) ?? true);
  const count = options.sample === undefined ? fitting.length : Number(options.sample);
  const step = Math.max(1, fitting.length / count);
  return fitting.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step)).slice(0, count);
}

async function survey(what, sessionFor) {
  const shown = process.stderr.isTTY;
  let examined = 0;
  const untilLate = function* () {
    for (const record of records) {
      if (performance.now() > latest && !earlier.has(keyOf(what, record))) continue;
      examined++;
      yield record;
    }
  };
  const table = await surveyRules({
    records: untilLate(),
    examine: async (record) => {
      const before = earlier.get(keyOf(what, record));
      const found = before ?? (await examineOn(sessionFor(record), (of) => callOf(of) ?? of.query)(record));
      for (const name of found.tables) read.set(name, (read.get(name) ?? 0) + 1);
      if (found.compileMs !== undefined) times.push({ ms: found.compileMs, record });
      if (before === undefined) {
        const { id, repo, path, name } = record;
        out?.write(`${JSON.stringify({ what, id, repo, path, name, ...found })}\n`);
      }
      return found.outcome;
    },
    onProgress: (done) => shown && done % 100 === 0 && process.stderr.write(`\r${done} of ${records.length}`),
  });
  if (shown) process.stderr.write("\r");
  console.log(`\n${what}\n\n${formatRepositoryTable(table, { reasons: Number(options.reasons) })}`);
  if (examined < records.length)
    console.log(`\nThe time was up: ${examined} of ${records.length} were examined; --resume goes on.`);
  const { binds, runs } = table.total.reached;
  const share = binds === 0 ? 0 : (runs / binds) * 100;
  console.log(`\nOf ${binds} rules that Microsoft's binder accepts, ${runs} run: ${share.toFixed(2)} %.`);
}
