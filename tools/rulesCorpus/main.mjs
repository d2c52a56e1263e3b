// How far the published rules get, per repository, and what stops the others:
//   npm run rules-corpus -- --rules DIR [--bare] [--rows N] [--sample N] [--match REGEX] [--reasons N] [--out FILE.jsonl]
// What rules expect from outside is supplied: the functions that the records define, watchlists with the columns that
// a rule names, file profiles, and the files of externaldata, all empty. --bare supplies nothing. --rows runs all on
// generated rows too. Nothing is written unless --out is given.
import { createWriteStream } from "node:fs";
import { parseArgs } from "node:util";
import { formatRepositoryTable, readRuleRecords, sharedFolder, surveyRules } from "@goshawk/testkit";
import { compileTimes } from "./compileTimes.mjs";
import { examineOn } from "./examine.mjs";
import { functionsOf } from "./functions.mjs";
import { everySession, generatedSession } from "./sessions.mjs";

const { values: options } = parseArgs({
  options: {
    rules: { type: "string" },
    bare: { type: "boolean", default: false },
    rows: { type: "string" },
    sample: { type: "string" },
    match: { type: "string" },
    reasons: { type: "string", default: "60" },
    out: { type: "string" },
  },
});
const folder = options.rules ?? sharedFolder("rules");
if (folder === undefined) {
  console.error("rules-corpus: no folder of rule records; name one with --rules");
  process.exit(3);
}

const all = [];
for await (const record of readRuleRecords(folder)) all.push(record);
const records = wanted(all);
const { functions, callOf } = options.bare ? { callOf: () => undefined } : await functionsOf(all);
const out = options.out === undefined ? undefined : createWriteStream(options.out);
const times = [];
const read = new Set();
const empty = await everySession(functions);
await survey("on empty tables", empty);
await empty.dispose();
console.log(`\n${compileTimes(times)}`);
if (options.rows !== undefined) {
  const generated = await generatedSession([...read], Number(options.rows), functions);
  await survey(`on ${options.rows} generated rows a table`, generated);
  await generated.dispose();
}
out?.end();

function wanted(from) {
  const match = options.match === undefined ? undefined : new RegExp(options.match);
  const fitting = from.filter(({ query }) => match?.test(query) ?? true);
  const count = options.sample === undefined ? fitting.length : Number(options.sample);
  const step = Math.max(1, fitting.length / count);
  return fitting.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step)).slice(0, count);
}

async function survey(what, session) {
  const examine = examineOn(session, (record) => callOf(record) ?? record.query);
  const shown = process.stderr.isTTY;
  const table = await surveyRules({
    records,
    examine: async (record) => {
      const found = await examine(record);
      for (const name of found.tables) read.add(name);
      if (found.compileMs !== undefined) times.push({ ms: found.compileMs, record });
      out?.write(
        `${JSON.stringify({ what, id: record.id, repo: record.repo, path: record.path, name: record.name, ...found })}\n`,
      );
      return found.outcome;
    },
    onProgress: (done) => shown && done % 100 === 0 && process.stderr.write(`\r${done} of ${records.length}`),
  });
  if (shown) process.stderr.write("\r");
  console.log(`\n${what}\n\n${formatRepositoryTable(table, { reasons: Number(options.reasons) })}`);
}
