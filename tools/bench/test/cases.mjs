import { readdir, readFile } from "node:fs/promises";
import { startWorkerBackend } from "@goshawk/engine";
import { loadRules, runTests } from "@goshawk/hunt";
import { catalogueTable, schemasModule } from "@goshawk/store";

const RULES = 250;
const position = { line: 1, column: 1 };
const folder = new URL("../../../content/remote-management/", import.meta.url);

/** So many cases of the rules that are shipped, each rule under several names so that each is compiled; in one process. */
export async function testBench({ count, engines }) {
  const rules = await shippedRules();
  const cases = Array.from({ length: count }, (_, index) => caseOf(rules[index % rules.length], index));
  const started = performance.now();
  const backends = Array.from({ length: engines }, () =>
    startWorkerBackend({ tables: [], schemas: schemasModule, memoryLimit: "1GB", threads: 1 }),
  );
  try {
    const results = await runTests(cases, {
      engines: backends,
      columnsOf: (table) => catalogueTable(table)?.columns,
      eventTime: () => "Timestamp",
      today: "2026-11-24",
    });
    const seconds = (performance.now() - started) / 1000;
    const wrong = results.filter(({ outcome }) => outcome !== "passed").length;
    const per = ((seconds * 1000 * engines) / count).toFixed(1);
    const report = `${count} cases of ${rules.length} rules on ${engines} engines: ${seconds.toFixed(1)} s with their start, ${per} ms a case and engine; ${wrong} failed.`;
    return { report, wrong };
  } finally {
    await Promise.all(backends.map((backend) => backend.close()));
  }
}

/** No two have the same text, so none profits from the other's compilation. */
async function shippedRules() {
  const names = (await readdir(folder)).filter((name) => name.endsWith("-signer.yaml")).sort();
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), "utf8")));
  return Array.from({ length: RULES }, (_, index) => {
    const text = texts[index % texts.length].replace("query: |\n", `query: |\n  // ${index}\n`);
    return loadRules(text, `${index}.yaml`).rules[0];
  });
}

function caseOf(rule, index) {
  const signer = /Signer [^"]*"([^"]+)"/.exec(rule.query)?.[1] ?? "nobody";
  const fires = index % 2 === 0;
  const event = (name, hour) => ({
    Timestamp: `2026-10-31T${String(hour).padStart(2, "0")}:00:00Z`,
    DeviceId: `d${hour}`,
    DeviceName: `pc${hour}`,
    SHA1: `${index}`,
    Signer: name,
  });
  const events = new Map([["DeviceFileCertificateInfo", [event(fires ? signer : "Contoso", 1), event("Others", 2)]]]);
  const expect = { kind: fires ? "fires" : "nothing" };
  const test = {
    name: `${index}`,
    rule: rule.id,
    now: "2026-11-01T00:00:00Z",
    exclusions: undefined,
    events,
    expect,
    path: "b.test.yaml",
    position,
  };
  return { test, rule, exclusions: [] };
}
