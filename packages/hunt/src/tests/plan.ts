import { dirname, resolve } from "node:path";
import type { Exclusion } from "../exclusions/exclusion.ts";
import { loadExclusions } from "../exclusions/load.ts";
import { type LoadRulePathsOptions, loadRulePaths } from "../rules/loadPaths.ts";
import type { Rule } from "../rules/rule.ts";
import type { PlannedCase } from "./run.ts";
import type { TestCase, TestProblem } from "./testCase.ts";

/** Cases with their rules, and the rules that no case tests. */
export interface TestPlan {
  readonly cases: readonly PlannedCase[];
  readonly untested: readonly Rule[];
  readonly problems: readonly TestProblem[];
}

const endings = [".yaml", ".yml", ".kql", ".json", ".md", ".csl", ".txt"];

/**
 * Finds each case's rule: by the file that it names, by id or name among `rules`, or, where it names none, the file that
 * is called as the test file is.
 */
export async function planTests(
  cases: readonly TestCase[],
  rules: readonly Rule[],
  options: LoadRulePathsOptions,
): Promise<TestPlan> {
  const { signal } = options;
  const problems: TestProblem[] = [];
  const ofFile = new Map<string, Promise<readonly Rule[]>>();
  const excluded = new Map<string, Promise<readonly Exclusion[]>>();
  const found = new Map<string, Rule | { readonly fault: string }>();
  const fileRules = (path: string): Promise<readonly Rule[]> => {
    const known = rules.filter((rule) => resolve(rule.path) === path);
    const loading = ofFile.get(path) ?? (known.length > 0 ? Promise.resolve(known) : rulesAt(path, options));
    ofFile.set(path, loading);
    return loading;
  };
  const ruleFor = async (test: TestCase): Promise<Rule | { readonly fault: string }> => {
    const named = test.rule === undefined ? [] : rules.filter(({ id, name }) => id === test.rule || name === test.rule);
    const [only, ...others] = named;
    if (only !== undefined && others.length === 0) return only;
    if (only !== undefined)
      return { fault: `${named.length} rules are called '${test.rule}'; name one by its file or id` };
    for (const path of candidates(test)) {
      const [rule, ...more] = await fileRules(path);
      if (rule !== undefined && more.length === 0) return rule;
      if (rule !== undefined) return { fault: `${path} holds ${more.length + 1} rules; name one by its id or name` };
    }
    return {
      fault:
        test.rule === undefined
          ? "it names no rule, and none is called as this file is"
          : `there is no rule '${test.rule}'`,
    };
  };
  const exclusionsFor = (test: TestCase): Promise<readonly Exclusion[]> => {
    if (test.exclusions === undefined) return Promise.resolve([]);
    const path = resolve(dirname(test.path), test.exclusions);
    const loading = excluded.get(path) ?? exclusionsAt(path, test, problems, signal);
    excluded.set(path, loading);
    return loading;
  };
  const planned: PlannedCase[] = [];
  for (const test of cases) {
    const key = `${dirname(test.path)}\n${test.rule ?? test.path}`;
    const rule = found.get(key) ?? (await ruleFor(test));
    found.set(key, rule);
    planned.push({ test, rule, exclusions: await exclusionsFor(test) });
  }
  const tested = new Set(planned.flatMap(({ rule }) => ("fault" in rule ? [] : [placeOf(rule)])));
  return { cases: planned, untested: rules.filter((rule) => !tested.has(placeOf(rule))), problems };
}

function placeOf({ path, part }: Rule): string {
  return `${resolve(path)}#${part}`;
}

function candidates({ path, rule }: TestCase): readonly string[] {
  if (rule !== undefined) return [resolve(dirname(path), rule)];
  const stem = path.replace(/\.tests?\.ya?ml$/i, "");
  return stem === path ? [] : endings.map((ending) => resolve(`${stem}${ending}`));
}

async function rulesAt(path: string, options: LoadRulePathsOptions): Promise<readonly Rule[]> {
  const files = await loadRulePaths([path], options);
  return files.flatMap((file) => file.rules);
}

async function exclusionsAt(
  path: string,
  test: TestCase,
  problems: TestProblem[],
  signal?: AbortSignal,
): Promise<readonly Exclusion[]> {
  try {
    const loaded = await loadExclusions([path], signal);
    problems.push(
      ...loaded.problems.map(({ path: file, line, column, message }) => ({ path: file, line, column, message })),
    );
    return loaded.exclusions;
  } catch (error) {
    const message = `The exclusions ${test.exclusions} can't be read: ${error instanceof Error ? error.message : String(error)}`;
    problems.push({ path: test.path, ...test.position, message });
    return [];
  }
}
