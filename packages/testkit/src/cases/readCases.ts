import { dirname, join } from "node:path";
import { filesBelow } from "../read/filesBelow.ts";
import { type FileProblem, readItems } from "../read/yamlList.ts";
import { requireKeys, requireMapping, requireText } from "../read/yamlValue.ts";
import type { ConformanceCase } from "./case.ts";
import { expectationOf } from "./expectation.ts";

export interface Cases {
  readonly cases: readonly ConformanceCase[];
  readonly problems: readonly FileProblem[];
}

/** The cases in `<area>/*.yaml` below `folder`; what cannot be read, and ids or queries told twice, are problems. */
export async function readCases(folder: string): Promise<Cases> {
  const files = await filesBelow(folder, [".yaml", ".yml"]);
  const read = await Promise.all(files.map((file) => readFileOfCases(folder, file)));
  const cases = read.flatMap((one) => one.cases);
  const problems = read.flatMap((one) => one.problems);
  return {
    cases,
    problems: [...problems, ...repeats(cases, "id", ({ id }) => id), ...repeats(cases, "kql", foldedKql)],
  };
}

async function readFileOfCases(folder: string, file: string): Promise<Cases> {
  const area = dirname(file);
  const { items, problems } = await readItems(join(folder, file), caseOf);
  return { cases: items.map((item) => ({ ...item, area, file })), problems: problems.map((one) => ({ ...one, file })) };
}

function caseOf(value: unknown): Pick<ConformanceCase, "id" | "source" | "kql" | "expect"> {
  const fields = requireMapping(value, "a case");
  requireKeys(fields, ["id", "source", "kql", "expect"], "a case");
  return {
    id: requireText(fields, "id"),
    source: requireText(fields, "source"),
    kql: requireText(fields, "kql"),
    expect: expectationOf(fields.get("expect")),
  };
}

const foldedKql = ({ kql }: ConformanceCase): string => kql.replaceAll(/\s+/g, " ").trim();

function repeats(
  cases: readonly ConformanceCase[],
  what: string,
  key: (one: ConformanceCase) => string,
): readonly FileProblem[] {
  const first = new Map<string, ConformanceCase>();
  return cases.flatMap((one) => {
    const earlier = first.get(key(one));
    if (earlier === undefined) {
      first.set(key(one), one);
      return [];
    }
    const message = `'${one.id}' has the ${what} of '${earlier.id}' (${earlier.file}:${earlier.line})`;
    return [{ file: one.file, line: one.line, message }];
  });
}
