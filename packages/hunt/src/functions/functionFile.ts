import type { StoredFunction } from "@goshawk/kql";

/** A file that defines functions, and what could not be read of it. */
export interface FunctionFile {
  readonly path: string;
  readonly functions: readonly StoredFunction[];
  readonly problems: readonly FunctionProblem[];
}

export interface FunctionProblem {
  readonly path: string;
  /** One-based. */
  readonly line: number;
  readonly message: string;
  /** The next move. */
  readonly next: string;
}

/** A function's parameter as files write it. */
export interface FunctionParameter {
  readonly name: string;
  readonly type: string;
  /** The text of its default value; undefined where it has none. */
  readonly defaultValue: string | undefined;
}

/** `(a: string = "*", b: long)` */
export function parameterList(parameters: readonly FunctionParameter[]): string {
  return `(${parameters.map(declared).join(", ")})`;
}

function declared({ name, type, defaultValue }: FunctionParameter): string {
  const kind = type.replace(/^table\s*:?\s*/i, "").trim() || "(*)";
  return defaultValue === undefined ? `${name}: ${kind}` : `${name}: ${kind} = ${valueText(kind, defaultValue)}`;
}

/** Files write the default of a text with its quotes or without. */
function valueText(type: string, text: string): string {
  if (type.toLowerCase() !== "string" || /^@?(".*"|'.*')$/s.test(text)) return text;
  return JSON.stringify(text);
}

/** The braces of a body stand on lines of their own: its last line may be a comment. */
export function bodyOf(query: string): string {
  return `{\n${query.replace(/[\s;]+$/, "")}\n}`;
}
