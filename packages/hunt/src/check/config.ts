import { resolve, sep } from "node:path";
import { parse } from "yaml";
import { isCheckCode } from "./codes.ts";
import type { CheckProblem, CheckSeverity } from "./problem.ts";

/** What a project leaves out of its checks, and how much codes weigh there. */
export interface CheckConfig {
  readonly disable: readonly Disabled[];
  readonly severity: ReadonlyMap<string, CheckSeverity>;
}

interface Disabled {
  readonly code: string;
  readonly reason: string;
  /** Files and folders; everywhere where there are none. */
  readonly paths: readonly string[];
}

const severities: readonly string[] = ["error", "warning", "information"];

/** A configuration that leaves out codes, everywhere. */
export function withoutCodes(codes: readonly string[], where: string): CheckConfig {
  const disable = codes.map((code): Disabled => ({ code: known(code, where), reason: where, paths: [] }));
  return { disable, severity: new Map() };
}

/** Reads a configuration; throws an `Error` that names the file and what is wrong in it. */
export function readCheckConfig(text: string, file: string): CheckConfig {
  const fail = (what: string): never => {
    throw new Error(`${file}: ${what}`);
  };
  const config: unknown = parse(text, { maxAliasCount: 10, prettyErrors: false });
  if (!isRecord(config)) return fail("a mapping with 'disable' and 'severity' is expected");
  const unknown = Object.keys(config).find((key) => key !== "disable" && key !== "severity");
  if (unknown !== undefined) return fail(`there is no key '${unknown}'; expected 'disable' and 'severity'`);
  const { disable = [], severity = {} } = config;
  if (!Array.isArray(disable)) return fail("'disable' must be a list of 'code' and 'reason'");
  if (!isRecord(severity)) return fail("'severity' must be a mapping of codes to error, warning or information");
  return {
    disable: disable.map((item: unknown) => {
      if (!isRecord(item) || typeof item.code !== "string") return fail("'disable' has an item without 'code'");
      const { code, reason, paths = [] } = item;
      if (typeof reason !== "string" || reason.trim() === "") return fail(`'${code}' is disabled without a 'reason'`);
      if (!isTexts(paths)) return fail(`the 'paths' of '${code}' must be a list of files and folders`);
      return { code: known(code, file), reason, paths: paths.map((path) => resolve(path)) };
    }),
    severity: new Map(
      Object.entries(severity).map(([code, value]) => {
        if (!isSeverity(value)) return fail(`the severity of '${code}' must be error, warning or information`);
        return [known(code, file), value];
      }),
    ),
  };
}

function known(code: string, where: string): string {
  if (isCheckCode(code)) return code;
  throw new Error(`${where}: there is no code '${code}'; 'goshawk check --codes' lists them`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isSeverity(value: unknown): value is CheckSeverity {
  return typeof value === "string" && severities.includes(value);
}

/** A problem as the project weighs it. */
export function weighed(problem: CheckProblem, { disable, severity }: CheckConfig): CheckProblem {
  const path = resolve(problem.path);
  const off = disable.find(
    ({ code, paths }) =>
      code === problem.code &&
      (paths.length === 0 || paths.some((item) => path === item || path.startsWith(`${item}${sep}`))),
  );
  const weight = severity.get(problem.code);
  return {
    ...problem,
    ...(weight === undefined ? {} : { severity: weight }),
    ...(off === undefined || problem.silenced !== undefined ? {} : { silenced: off.reason }),
  };
}
