import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase, registerHostFunctions } from "@goshawk/engine/duckdb";
import { compile, quoteText } from "@goshawk/kql";
import { pairs } from "./pairs.mjs";
import { NOW, tables } from "./tables.mjs";

/** Above this the cause must be known: it stands beside the pair as `above`. */
const AIM = 1.2;

/**
 * Runs each rule as compiled and as written by hand, in turns, in one thread; answers are compared before anything is
 * timed. The time is the processor's, as others may use the machine.
 */
export async function queryBench({ rows, runs, match }) {
  const folder = await mkdtemp(join(tmpdir(), "goshawk-bench-"));
  const database = await openDatabase({ folders: [folder], threads: 1, memoryLimit: "3GB" });
  const connection = await database.connect();
  try {
    registerHostFunctions(connection);
    for (const table of tables) await store(table, { rows, folder, connection });
    const lines = [];
    let wrong = 0;
    for (const pair of pairs.filter(({ name }) => match.test(name))) {
      const found = await race(pair, runs, connection);
      if (found.differs !== undefined) wrong++;
      lines.push(line(pair.name, found));
    }
    const head = `queries over ${rows} rows a table, processor's time, least of ${runs} runs each in turns: compiled, by hand, ratio`;
    return { report: [head, ...lines].join("\n"), wrong };
  } finally {
    connection.closeSync();
    database.close();
    await rm(folder, { recursive: true });
  }
}

async function store({ name, columns }, { rows, folder, connection }) {
  const items = columns.map((column) => `${column.sql} as "${column.name}"`).join(", ");
  const file = quoteText(join(folder, `${name}.parquet`));
  await connection.run(`copy (select ${items} from range(${rows}) as r(i)) to ${file} (format parquet)`);
  await connection.run(`create view "${name}" as select * from read_parquet([${file}], union_by_name = true)`);
}

async function race({ kql, sql, above }, runs, connection) {
  const compiled = compile(kql, options);
  if (!compiled.ok) return { differs: compiled.diagnostics[0]?.message ?? "it does not compile" };
  const { query } = compiled;
  const ours = () => connection.runAndReadAll(query.sql, [...query.parameters]);
  const theirs = () => connection.runAndReadAll(sql);
  const [a, b] = [textsOf(await ours(), query.columns.length), textsOf(await theirs(), query.columns.length)];
  const at = a.findIndex((row, index) => row !== b[index]);
  if (a.length !== b.length || at >= 0)
    return { differs: `${a.length} rows and ${b.length}; first ${a[at]} and ${b[at]}` };
  let [compiledMs, handMs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let run = 0; run < runs; run++) {
    compiledMs = Math.min(compiledMs, await processorMs(ours));
    handMs = Math.min(handMs, await processorMs(theirs));
  }
  return { compiledMs, handMs, rows: a.length, above };
}

const options = {
  now: NOW,
  table: (name) => tables.find((table) => table.name === name),
  tableNames: () => tables.map((table) => table.name),
  layout: (name) => ({
    relation: name,
    columns: new Map(
      tables
        .find((table) => table.name === name)
        ?.columns.map((column) => [column.name, { physical: column.name, nullable: column.type !== "string" }]),
    ),
  }),
};

function textsOf(reader, width) {
  return reader
    .getRows()
    .map((row) => row.slice(0, width).map(String).join(" | "))
    .sort();
}

async function processorMs(run) {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function line(name, { differs, compiledMs, handMs, rows, above }) {
  if (differs !== undefined) return `  ${name.padEnd(44)} DIFFERS: ${differs}`;
  const [a, b] = [compiledMs, handMs].map((ms) => `${ms.toFixed(1).padStart(8)} ms`);
  const ratio = compiledMs / handMs;
  const cause = ratio > AIM ? `   above ${AIM}: ${above ?? "cause unknown"}` : "";
  return `  ${name.padEnd(44)}${a}${b}   ${ratio.toFixed(2)}   ${rows} rows${cause}`;
}
