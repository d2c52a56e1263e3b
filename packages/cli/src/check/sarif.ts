import { isAbsolute, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { type CheckProblem, type CheckSeverity, summaryOf } from "@goshawk/hunt";

const levels: Readonly<Record<CheckSeverity, string>> = { error: "error", warning: "warning", information: "note" };
const base = "WORKING_FOLDER";

/** Problems as SARIF 2.1.0, with paths from the working folder, so that code hosts show them in place. */
export function sarifText(problems: readonly CheckProblem[], folder: string, version: string): string {
  const codes = [...new Set(problems.map(({ code }) => code))].sort();
  const rules = codes.map((id) => ({ id, shortDescription: { text: summaryOf(id) } }));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "goshawk", version, semanticVersion: version, rules } },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [base]: { uri: `${pathToFileURL(folder).href.replace(/\/$/, "")}/` } },
        results: problems.map((problem) => resultOf(problem, codes, folder)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf(problem: CheckProblem, codes: readonly string[], folder: string): object {
  const { code, severity, message, next, start, end, silenced } = problem;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text: next === undefined ? message : `${message} ${next}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(problem.path, folder),
          region: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
        },
      },
    ],
    ...(silenced === undefined
      ? {}
      : { suppressions: [{ kind: silenced === "--disable" ? "external" : "inSource", justification: silenced }] }),
  };
}

function artifact(path: string, folder: string): object {
  const inside = isAbsolute(path) ? relative(folder, path) : path;
  if (inside.startsWith("..") || isAbsolute(inside)) return { uri: pathToFileURL(path).href };
  const uri = inside
    .split(/[\\/]/)
    .filter((part) => part !== ".")
    .map(encodeURIComponent)
    .join("/");
  return { uri, uriBaseId: base };
}
