import { exactly } from "../compare/cell.ts";
import { rowsDifference } from "../compare/rows.ts";
import { type Answer, isBreakdown, isError } from "../conformance/answer.ts";
import { malformed } from "../conformance/judge.ts";
import { passed, unlessDifferent, type Verdict, verdict, verdictOnError } from "../conformance/verdict.ts";
import type { ConformanceCase, ExpectedError, ExpectedTable } from "./case.ts";

/** Holds an answer against a case of our own: names, types, values and, where it is given, the order. */
export function judgeCase({ expect }: ConformanceCase, answer: Answer): Verdict {
  if ("error" in expect) return judgeError(expect, answer);
  if (isError(answer)) return verdictOnError(answer.error);
  return unlessDifferent(malformed(answer) ?? difference(expect, answer));
}

function judgeError(expect: ExpectedError, answer: Answer): Verdict {
  if (!isError(answer)) return verdict("wrong", `answered, where '${expect.error}' was expected`);
  if (isBreakdown(answer.error)) return verdictOnError(answer.error);
  if (answer.error.code === expect.error) return passed;
  return verdict("wrong", `refused as '${answer.error.code}' instead of '${expect.error}'`);
}

interface Table {
  readonly columns: readonly string[];
  readonly types: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

function difference(expect: ExpectedTable, answer: Table): string | undefined {
  const wanted = heading(
    expect.columns.map(({ name }) => name),
    expect.columns.map(({ type }) => type),
  );
  const found = heading(answer.columns, answer.types);
  if (wanted !== found) return `columns (${found}) instead of (${wanted})`;
  const { order } = expect;
  return rowsDifference(expect.rows, answer.rows, {
    ...exactly,
    types: answer.types,
    order,
    sortKeys: null,
    extent: "all",
  });
}

function heading(names: readonly string[], types: readonly string[]): string {
  return names.map((name, index) => `${JSON.stringify(name)}:${types[index]}`).join(", ");
}
