import { mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";
import { openPeerVersion } from "./peer.mjs";

const folder = new URL("../../../bench/results/", import.meta.url);

/** Writes a run's results under the day of its end, and answers with the table. */
export async function keep(measures, options) {
  const machine = {
    cpu: `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    load: loadavg().map((load) => Number(load.toFixed(1))),
    node: process.version,
    duckdb: await openPeerVersion(),
    goshawk: JSON.parse(await readFile(new URL("../../../packages/cli/package.json", import.meta.url), "utf8")).version,
  };
  const at = new Date().toISOString();
  const text = markdown(measures, { ...options, at }, machine);
  await mkdir(folder, { recursive: true });
  const name = `${at.slice(0, 10)}-store`;
  await writeFile(new URL(`${name}.json`, folder), `${JSON.stringify({ at, options, machine, measures }, null, 2)}\n`);
  await writeFile(new URL(`${name}.md`, folder), text);
  return text;
}

function markdown(measures, { at, rows, growth, commands, runs }, machine) {
  const lines = measures.map(({ name, said, aim }) => `| ${name} | ${said} | ${aim} |`);
  return `# Store, ${at.slice(0, 10)}

${rows / 1e6} M certificates (growth over ${growth.map((size) => size / 1e6).join(", ")} M), ${commands / 1e6} M command lines; least of ${runs} runs in turns, in one process.
Node ${machine.node}, DuckDB ${machine.duckdb}, Goshawk ${machine.goshawk}; ${machine.cpu}, ${machine.memory}; load ${machine.load.join(", ")}.

| measure | here | aim |
| --- | --- | --- |
${lines.join("\n")}
`;
}
