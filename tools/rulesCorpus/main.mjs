// How far the published rules get, per repository, and what stops the others:
//   npm run rules-corpus -- --rules DIR [--rows [N]] [--sample N] [--match REGEX] [--reasons N] [--out FILE.jsonl]
// --rows runs what compiles on generated rows too. Nothing is written unless --out is given.
import { createWriteStream } from "node:fs";
import { parseArgs } from "node:util";
import { formatRepositoryTable, readRuleRecords, sharedFolder, surveyRules } from "@goshawk/testkit";
import { compileTimes } from "./compileTimes.mjs";
import { examineOn } from "./examine.mjs";
import { everySession, generatedSession } from "./sessions.mjs";

const { values: options } = parseArgs({
  options: {
    rules: { type: "string" },
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

const records = await wanted(folder);
const out = options.out === undefined ? undefined : createWriteStream(options.out);
const times = [];
const read = new Set();
const empty = await everySession();
await survey("on empty tables", empty);
empty.close();
console.log(`\n${compileTimes(times)}`);
if (options.rows !== undefined) {
  const { session, dispose } = await generatedSession([...read], Number(options.rows));
  await survey(`on ${options.rows} generated rows a table`, session);
  await dispose();
}
out?.end();

async function wanted(from) {
  const match = options.match === undefined ? undefined : new RegExp(options.match);
  const all = [];
  for await (const record of readRuleRecords(from)) if (match?.test(record.query) ?? true) all.push(record);
  const count = options.sample === undefined ? all.length : Number(options.sample);
  const step = Math.max(1, all.length / count);
  return all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step)).slice(0, count);
}

async function survey(what, session) {
  const examine = examineOn(session);
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
