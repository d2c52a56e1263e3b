import type { TestResult } from "@goshawk/hunt";

/** Results in the XML of JUnit, a suite for each test file, as CI servers read it. */
export function junitText(results: readonly TestResult[]): string {
  const files = [...new Set(results.map(({ test }) => test.path))];
  const suites = files.map((path) =>
    suite(
      path,
      results.filter(({ test }) => test.path === path),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${counts(results)}>\n${suites.join("")}</testsuites>\n`;
}

function suite(path: string, results: readonly TestResult[]): string {
  return `  <testsuite name="${escaped(path)}" ${counts(results)}>\n${results.map(testCase).join("")}  </testsuite>\n`;
}

function counts(results: readonly TestResult[]): string {
  const count = (outcome: TestResult["outcome"]): number => results.filter((item) => item.outcome === outcome).length;
  const seconds = results.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
  return `tests="${results.length}" failures="${count("failed")}" errors="${count("error")}" time="${seconds.toFixed(3)}"`;
}

function testCase({ test, rule, outcome, lines, milliseconds }: TestResult): string {
  const head = `    <testcase name="${escaped(test.name)}" classname="${escaped(rule?.name ?? test.path)}" file="${escaped(test.path)}" line="${test.position.line}" time="${(milliseconds / 1000).toFixed(3)}"`;
  if (outcome === "passed") return `${head}/>\n`;
  const element = outcome === "failed" ? "failure" : "error";
  return `${head}>\n      <${element} message="${escaped(lines[0] ?? "")}">${escaped(lines.join("\n"))}</${element}>\n    </testcase>\n`;
}

/** Text for XML 1.0; characters that it can't hold are shown as their codes. */
function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, (character) => {
      return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
    });
}
