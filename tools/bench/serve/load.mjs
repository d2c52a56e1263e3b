// 50 clients ask a server of its own mixed queries over the wire, while another one brings files.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateEstate } from "@goshawk/estate";
import { openStore } from "@goshawk/store";
import { ingest } from "@goshawk/store/ingest";

const queries = [
  "DeviceProcessEvents | count",
  'DeviceProcessEvents | where FileName =~ "powershell.exe" | project Timestamp, DeviceName, ProcessCommandLine | take 100',
  "DeviceNetworkEvents | summarize n = count() by RemotePort | top 10 by n",
  "DeviceFileEvents | summarize n = dcount(FileName) by DeviceName | top 20 by n",
  "union DeviceProcessEvents, DeviceFileEvents | summarize n = count() by Type = iff(isempty(ProcessCommandLine), 'f', 'p')",
  "DeviceProcessEvents | take 2000",
];

/** Starts `goshawk serve` over a store and answers with its address. */
async function started(store) {
  const child = spawn(
    process.execPath,
    ["packages/cli/bin/goshawk.js", "serve", "--store", store, "--port", "0", "--now", "latest"],
    {
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
  while (!/listens on (\S+),/.test(said)) {
    if (child.exitCode !== null) throw new Error(said);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const [, url] = /listens on (\S+),/.exec(said);
  return { child, url };
}

async function ask(url, query) {
  const began = performance.now();
  const answer = await fetch(`${url}/v2/rest/query`, {
    method: "POST",
    headers: { "x-ms-app": `bench-${query.client}` },
    body: JSON.stringify({ csl: query.text }),
  });
  const text = await answer.text();
  const ok = answer.status === 200 && text.includes('"HasErrors":false');
  return { ms: performance.now() - began, ok, status: answer.status };
}

/** How long small requests take while one large answer is sent: its rows must hold up nobody. */
async function besideLarge(url) {
  const csl =
    "union (range x from 1 to 2000000 step 1 | extend a = strcat('value ', x), t = datetime(2026-01-01) + x * 1s)";
  const answer = await fetch(`${url}/v2/rest/query`, {
    method: "POST",
    body: JSON.stringify({ csl, properties: { Options: { notruncation: true } } }),
  });
  let bytes = 0;
  const drained = (async () => {
    for await (const chunk of answer.body) bytes += chunk.length;
    return "done";
  })();
  const waits = [];
  for (let state = ""; state !== "done"; ) {
    const began = performance.now();
    await (await fetch(`${url}/healthz`)).text();
    waits.push(performance.now() - began);
    state = await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, 20))]);
  }
  waits.sort((a, b) => a - b);
  const at = (share) => Math.round(waits[Math.min(waits.length - 1, Math.floor(share * waits.length))] ?? 0);
  return `beside one answer of ${Math.round(bytes / 2 ** 20)} MB, a small request: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`;
}

async function bring(url, number) {
  const rows = Array.from({ length: 500 }, (_, row) =>
    JSON.stringify({ TimeGenerated: new Date().toISOString(), Number: number, Row: row }),
  );
  const answer = await fetch(`${url}/v1/rest/ingest/Hunt/Bench_CL?streamFormat=multijson`, {
    method: "POST",
    body: `${rows.join("\n")}\n`,
  });
  await answer.text();
  return answer.status === 200;
}

async function memory(pid) {
  const text = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmHWM:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1024;
}

async function fill(store, folder, rows) {
  await generateEstate({ folder, rows, devices: 200, days: 30, end: "2026-10-31T12:00:00Z", seed: 1 });
  await ingest([folder], { store });
}

/** Runs `clients` for `seconds` and answers with a table of what they met. */
export async function loadBench({ store: given, rows, clients, seconds }) {
  const folder = await mkdtemp(join(tmpdir(), "goshawk-bench-"));
  const store = given ?? join(folder, "store");
  if (given === undefined) await fill(await openStore(store), join(folder, "estate"), rows);
  const { child, url } = await started(store);
  try {
    for (const text of queries) await ask(url, { text, client: "warm" });
    const beside = await besideLarge(url);
    const until = performance.now() + seconds * 1000;
    const answers = [];
    const brought = [];
    const client = async (number) => {
      for (let turn = number; performance.now() < until; turn++)
        answers.push(await ask(url, { text: queries[turn % queries.length], client: number }));
    };
    const writer = async () => {
      for (let number = 0; performance.now() < until; number++) brought.push(await bring(url, number));
    };
    await Promise.all([...Array.from({ length: clients }, (_, number) => client(number)), writer()]);
    const times = answers.map((answer) => answer.ms).sort((a, b) => a - b);
    const at = (share) => Math.round(times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0);
    const failed = answers.filter((answer) => !answer.ok);
    return {
      report: [
        `${clients} clients, ${seconds} s: ${answers.length} queries, ${(answers.length / seconds).toFixed(1)} a second`,
        `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms; failed: ${failed.length}`,
        `${brought.length} uploads of 500 rows beside them; failed: ${brought.filter((ok) => !ok).length}`,
        beside,
        `most memory of the server: ${Math.round(await memory(child.pid))} MB`,
      ].join("\n"),
      failed: failed.length + brought.filter((ok) => !ok).length,
    };
  } finally {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}
