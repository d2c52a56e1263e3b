import type { SqlExpr } from "../sql/ast.ts";
import {
  and,
  call,
  cases,
  choose,
  coalesce,
  equal,
  isNotNull,
  isNull,
  no,
  not,
  or,
  text,
  unequal,
  yes,
} from "../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "./define.ts";

/** `case(p1, v1, p2, v2, …, otherwise)`: the parameters' types are given pair by pair. */
function caseOf(...args: readonly SqlExpr[]): SqlExpr {
  const branches: [SqlExpr, SqlExpr][] = [];
  for (let at = 0; at + 1 < args.length; at += 2) branches.push([args[at] ?? no, args[at + 1] ?? no]);
  return cases(branches, args.at(-1) ?? no);
}

export const logic: readonly ScalarFunction[] = [
  scalarFunction({
    name: "and",
    summary: "True when both are.",
    signature: "and(a: bool, b: bool): bool",
    nulls: "propagate",
    lower: { duckdb: and },
  }),
  scalarFunction({
    name: "or",
    summary: "True when one is.",
    signature: "or(a: bool, b: bool): bool",
    nulls: "propagate",
    lower: { duckdb: or },
  }),
  scalarFunction({
    name: "not",
    summary: "True when the condition is false.",
    signature: "not(condition: bool): bool",
    nulls: "propagate",
    lower: { duckdb: not },
  }),
  scalarFunction({
    name: "iff",
    aliases: ["iif"],
    summary: "One of two values; a null condition counts as false.",
    signature: "iff(condition: bool, then: T, otherwise: T): T",
    lower: { duckdb: choose },
    examples: [["iif(bool(null), 1, 2)", "2", "a null condition counts as false"]],
  }),
  scalarFunction({
    name: "case",
    summary: "The value after the first true condition; a null condition counts as false.",
    signature: "case(condition: bool, value: T, ...more: T): T",
    lower: { duckdb: caseOf },
  }),
  scalarFunction({
    name: "coalesce",
    summary: "The first value that is not null (not empty, for strings).",
    overloads: [
      {
        signature: "coalesce(value: string, ...more: string): string",
        lower: { duckdb: (...args) => coalesce(...args.map((arg) => call("nullif", arg, text(""))), text("")) },
      },
      { signature: "coalesce(value: T, ...more: T): T", lower: { duckdb: coalesce } },
    ],
  }),
  scalarFunction({
    name: "isnull",
    summary: "Whether a value is null; a string never is.",
    overloads: [
      { signature: "isnull(value: string): bool", nulls: "never", lower: { duckdb: () => no } },
      { signature: "isnull(value: any): bool", nulls: "never", lower: { duckdb: isNull } },
    ],
  }),
  scalarFunction({
    name: "isnotnull",
    aliases: ["notnull"],
    summary: "Whether a value is not null; a string always is.",
    overloads: [
      { signature: "isnotnull(value: string): bool", nulls: "never", lower: { duckdb: () => yes } },
      { signature: "isnotnull(value: any): bool", nulls: "never", lower: { duckdb: isNotNull } },
    ],
  }),
  scalarFunction({
    name: "isempty",
    summary: "Whether a value is null or the empty string.",
    overloads: [
      {
        signature: "isempty(value: string): bool",
        nulls: "never",
        lower: { duckdb: (value) => equal(value, text("")) },
      },
      {
        signature: "isempty(value: dynamic): bool",
        nulls: "never",
        lower: { duckdb: (value) => coalesce(equal(value, text('""')), yes) },
      },
      { signature: "isempty(value: any): bool", nulls: "never", lower: { duckdb: isNull } },
    ],
  }),
  scalarFunction({
    name: "isnotempty",
    aliases: ["notempty"],
    summary: "Whether a value is neither null nor the empty string.",
    overloads: [
      {
        signature: "isnotempty(value: string): bool",
        nulls: "never",
        lower: { duckdb: (value) => unequal(value, text("")) },
      },
      {
        signature: "isnotempty(value: dynamic): bool",
        nulls: "never",
        lower: { duckdb: (value) => coalesce(unequal(value, text('""')), no) },
      },
      { signature: "isnotempty(value: any): bool", nulls: "never", lower: { duckdb: isNotNull } },
    ],
  }),
];
