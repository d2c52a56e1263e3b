import type { Examination } from "@goshawk/kql";
import type { Rule, RuleFile } from "../rules/rule.ts";
import { codeRow } from "./codes.ts";
import { keyStretch, problem, type RuleCheck, type RuleContext } from "./context.ts";
import type { Examiner } from "./examiner.ts";
import { fileText } from "./places.ts";
import type { CheckProblem } from "./problem.ts";
import { attack } from "./rules/attack.ts";
import { entities } from "./rules/entities.ts";
import { hindrancesToDetection, hindrancesToNrt, products } from "./rules/products.ts";
import { query } from "./rules/query.ts";
import { schedule } from "./rules/schedule.ts";
import { silenced } from "./silence.ts";

/** A rule file and the text that it was read from. */
export interface CheckInput {
  readonly file: RuleFile;
  readonly text: string;
}

/** What is known of a rule beside its problems. */
export interface CheckedRule {
  readonly rule: Rule;
  /** Undefined where the query could not be examined. */
  readonly query: Examination | undefined;
  /** What keeps it from being a custom detection of Defender: nothing where the list is empty. */
  readonly notDetection: readonly string[] | undefined;
  /** What keeps it from running near real time in Sentinel. */
  readonly notNrt: readonly string[] | undefined;
}

export interface CheckedFile {
  readonly path: string;
  readonly text: string;
  readonly rules: readonly CheckedRule[];
  readonly problems: readonly CheckProblem[];
}

export interface CheckOptions {
  readonly examiner: Examiner;
  /** Ticks of `now()` that the examiner compiles with. */
  readonly now: bigint;
  readonly isDefender: (table: string) => boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

const checks: readonly RuleCheck[] = [query, attack, entities, schedule, products];

/** Checks rule files, each on its own and all against each other; problems come in the order of the text. */
export async function checkFiles(
  inputs: readonly CheckInput[],
  options: CheckOptions,
): Promise<readonly CheckedFile[]> {
  let done = 0;
  const twins = duplicates(inputs);
  return Promise.all(
    inputs.map(async (input) => {
      const checked = await checkFile(input, twins, options);
      options.onProgress?.(++done, inputs.length);
      return checked;
    }),
  );
}

async function checkFile(
  { file, text }: CheckInput,
  twins: ReadonlyMap<Rule, Rule>,
  options: CheckOptions,
): Promise<CheckedFile> {
  const source = fileText(file.path, text);
  const problems: CheckProblem[] = [...loaded(file)];
  const rules: CheckedRule[] = [];
  for (const rule of file.rules) {
    options.signal?.throwIfAborted();
    const found = await options.examiner.examine(rule.query);
    const examination = "failure" in found ? undefined : found;
    const { now, isDefender } = options;
    const context: RuleContext = { rule, file: source, query: examination, now, isDefender };
    if ("failure" in found) problems.push(gaveUp(context, found.failure));
    problems.push(...checks.flatMap((check) => check(context)), ...twin(context, twins));
    rules.push({
      rule,
      query: examination,
      notDetection: hindrancesToDetection(context),
      notNrt: hindrancesToNrt(context),
    });
  }
  return { path: file.path, text: source.text, rules, problems: sorted(silenced(problems, source)) };
}

function sorted(problems: readonly CheckProblem[]): readonly CheckProblem[] {
  return problems.toSorted((a, b) => a.start.line - b.start.line || a.start.column - b.start.column);
}

/** What reading the file has said already. */
function loaded({ path, repairs, problems }: RuleFile): readonly CheckProblem[] {
  const at = ({
    line,
    column,
  }: {
    readonly line: number;
    readonly column: number;
  }): Pick<CheckProblem, "start" | "end"> => ({
    start: { line, column },
    end: { line, column: column + 1 },
  });
  return [
    ...problems.map(({ code, severity, message, next, ...place }) => ({
      code,
      severity,
      path,
      ...at(place),
      message,
      next,
    })),
    ...repairs.map(
      ({ code, kind, what, fix, ...place }): CheckProblem => ({
        code,
        severity: kind === "structure" || code === "misspelt-value" ? "warning" : "information",
        path,
        ...at(place),
        message: `${what.charAt(0).toUpperCase()}${what.slice(1)}; it was read all the same: ${fix}.`,
      }),
    ),
  ];
}

function gaveUp(context: RuleContext, failure: string): CheckProblem {
  const message = `The query can't be examined: ${failure}.`;
  return problem(context, "gave-up", keyStretch(context, "query"), { message, next: "Make it simpler." });
}

/** For each rule whose id another one had before, that other one. */
function duplicates(inputs: readonly CheckInput[]): ReadonlyMap<Rule, Rule> {
  const first = new Map<string, Rule>();
  const found = new Map<Rule, Rule>();
  for (const rule of inputs.flatMap(({ file }) => file.rules)) {
    if (rule.idOrigin !== "file") continue;
    const known = first.get(rule.id.toLowerCase());
    if (known === undefined) first.set(rule.id.toLowerCase(), rule);
    else found.set(rule, known);
  }
  return found;
}

function twin(context: RuleContext, twins: ReadonlyMap<Rule, Rule>): readonly CheckProblem[] {
  const other = twins.get(context.rule);
  if (other === undefined) return [];
  const { line } = other.keys.id ?? other.queryOrigin[0] ?? { line: 1 };
  const message = `The id ${context.rule.id} is that of '${other.name}' in ${other.path}:${line} already.`;
  return [
    problem(context, "duplicate-id", keyStretch(context, "id"), {
      message,
      next: "Give each rule an id of its own.",
      severity: codeRow("duplicate-id")[0],
    }),
  ];
}
