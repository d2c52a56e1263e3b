import { checkFiles, loadRules, startExaminer, summaryOf } from "@goshawk/hunt";
import { catalogueTable, schemasModule } from "@goshawk/store";

/** 2024-06-30: what now() says. */
const NOW = 638_553_024_000_000_000n;
const WEIGHTS = ["error", "warning", "information"];

/** Checks the records as files of their own and answers with counts by code, and how long it took. */
export async function checkRecords(records, functions, threads) {
  const inputs = records.filter(isRule).map((record) => {
    const text = record.yaml ?? record.query;
    const path =
      record.yaml === undefined ? `${record.repo}/${record.path}-${record.id}.kql` : `${record.repo}/${record.path}`;
    return { file: loadRules(text, path), text };
  });
  const examiner = startExaminer({ schemas: schemasModule, tables: [], functions, now: NOW, threads });
  const started = performance.now();
  try {
    const files = await checkFiles(inputs, {
      examiner,
      now: NOW,
      isDefender: (table) => catalogueTable(table)?.defender === true,
    });
    return { files, seconds: (performance.now() - started) / 1000 };
  } finally {
    await examiner.close();
  }
}

/** Parsers are functions, not rules. */
function isRule({ format, meta }) {
  return format !== "sentinel-parser-yaml" && meta.role !== "function";
}

/** Counts by severity and code: problems, and the rules or files that have them. */
export function countsText({ files, seconds }) {
  const counts = new Map();
  for (const { path, problems } of files) {
    for (const { severity, code } of problems) {
      const key = `${severity} ${code}`;
      const known = counts.get(key) ?? { severity, code, problems: 0, files: new Set() };
      known.problems++;
      known.files.add(path);
      counts.set(key, known);
    }
  }
  const rows = [...counts.values()].sort(
    (a, b) => WEIGHTS.indexOf(a.severity) - WEIGHTS.indexOf(b.severity) || b.problems - a.problems,
  );
  const rules = files.reduce((sum, file) => sum + file.rules.length, 0);
  const sound = files.filter(({ problems }) => problems.every(({ severity }) => severity === "information")).length;
  return [
    ...rows.map(
      ({ severity, code, problems, files: where }) =>
        `${severity.padEnd(12)} ${code.padEnd(26)} ${String(problems).padStart(5)} in ${String(where.size).padStart(4)} files  ${summaryOf(code)}`,
    ),
    "",
    `${rules} rules in ${files.length} files, checked in ${seconds.toFixed(1)} s; ${sound} files without error or warning.`,
  ].join("\n");
}

/** A line of JSON for each problem, with the line of the file that it points at. */
export function problemLines({ problems, text }) {
  const lines = text.split(/\r\n|\r|\n/);
  return problems
    .map((problem) => `${JSON.stringify({ ...problem, shows: lines[problem.start.line - 1] })}\n`)
    .join("");
}
