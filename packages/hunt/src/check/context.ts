import type { Examination } from "@goshawk/kql";
import type { Rule } from "../rules/rule.ts";
import { codeRow, type RuleCheckCode } from "./codes.ts";
import type { FileText, Stretch } from "./places.ts";
import type { CheckProblem } from "./problem.ts";

/** A rule as its checks see it. */
export interface RuleContext {
  readonly rule: Rule;
  readonly file: FileText;
  /** What is known of its query; undefined where it could not be examined. */
  readonly query: Examination | undefined;
  /** Ticks of the `now()` that the examination was made with. */
  readonly now: bigint;
  /** Whether a table is one of Defender's. */
  readonly isDefender: (table: string) => boolean;
}

export type RuleCheck = (context: RuleContext) => readonly CheckProblem[];

/** Where a key of the rule stands, else where its query begins. */
export function keyStretch({ rule }: RuleContext, key: string): Stretch {
  const start = rule.keys[key] ?? { line: rule.queryOrigin[0]?.line ?? 1, column: rule.queryOrigin[0]?.column ?? 1 };
  const length = rule.keys[key] === undefined ? 1 : key.length;
  return { start, end: { line: start.line, column: start.column + length } };
}

export interface Said {
  readonly message: string;
  readonly next?: string;
  readonly fix?: CheckProblem["fix"];
  readonly severity?: CheckProblem["severity"];
}

export function problem({ rule }: RuleContext, code: RuleCheckCode, at: Stretch, said: Said): CheckProblem {
  const { message, next, fix, severity } = said;
  return {
    code,
    severity: severity ?? codeRow(code)[0],
    path: rule.path,
    start: at.start,
    end: at.end,
    message,
    rule: rule.name,
    ...(next === undefined ? {} : { next }),
    ...(fix === undefined ? {} : { fix }),
  };
}
