import { startWorkerBackend } from "@goshawk/engine";
import { loadTests, planTests, type Rule, runTests } from "@goshawk/hunt";
import { catalogueTable, schemasModule } from "@goshawk/store";
import type { Service } from "../service.ts";
import type { Content } from "./content.ts";

/** Runs the tests beside the server's rules, of one rule or of all, each over events of its own. */
export async function tested(
  rule: string | undefined,
  content: Content,
  service: Service,
  signal: AbortSignal,
): Promise<object> {
  const rules = (await content.ruleFiles()).flatMap((file) => file.rules);
  const loaded = await loadTests(content.rulePaths, signal);
  const plan = await planTests(loaded.cases, rules, { from: process.cwd(), signal });
  const wanted = (of: Rule | { readonly fault: string }): boolean =>
    rule === undefined || ("id" in of && (of.id === rule || of.name.toLowerCase().includes(rule.toLowerCase())));
  const cases = plan.cases.filter((item) => wanted(item.rule));
  const engine = startWorkerBackend({
    ...service.outside,
    tables: [],
    schemas: schemasModule,
    memoryLimit: "512MB",
    threads: 1,
  });
  try {
    const results = await runTests(cases, {
      engines: [engine],
      columnsOf: (table) => catalogueTable(table)?.columns,
      eventTime: (table) =>
        catalogueTable(table)?.columns.some(({ name }) => name === "Timestamp") === true
          ? "Timestamp"
          : "TimeGenerated",
      today: new Date().toISOString().slice(0, 10),
      signal,
    });
    return {
      results: results.map(({ test, rule: of, outcome, lines, milliseconds }) => ({
        name: test.name,
        path: content.shown(test.path),
        line: test.position.line,
        rule: of === undefined ? null : { id: of.id, name: of.name, path: content.shown(of.path) },
        outcome,
        lines,
        milliseconds: Math.round(milliseconds),
      })),
      untested: plan.untested.map(({ id, name, path }) => ({ id, name, path: content.shown(path) })),
      problems: [...loaded.problems, ...plan.problems].map((item) => ({ ...item, path: content.shown(item.path) })),
    };
  } finally {
    await engine.close();
  }
}
