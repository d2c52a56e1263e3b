import { readFileSync } from "node:fs";
import type { Position } from "@goshawk/kql";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { Document } from "yaml";
import type { Exclusion, Sample } from "./exclusion.ts";
import type { ExclusionProblem } from "./problem.ts";

const DAYS = 90;
const MOST_PROBLEMS = 20;

/** An exclusion as its file writes it, which the schema has checked. */
type Written = Omit<Exclusion, "expires" | "samples" | "path" | "position"> & {
  readonly expires?: string;
  readonly samples?: { readonly hidden?: readonly WrittenSample[]; readonly survive?: readonly WrittenSample[] };
};
type WrittenSample = Pick<Sample, "event"> & Partial<Sample>;

let validator: ValidateFunction | undefined;

function validate(): ValidateFunction {
  if (validator === undefined) {
    const schema: object = JSON.parse(readFileSync(new URL("../../exclusions.schema.json", import.meta.url), "utf8"));
    const ajv = new Ajv2020({ allErrors: true, strict: true, verbose: true });
    ajv.addFormat("date", isDate);
    validator = ajv.compile(schema);
  }
  return validator;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Checks plain data against the published schema and gives it its defaults. */
export function readExclusions(
  plain: unknown,
  document: Document,
  path: string,
  at: (offset: number) => Position,
): { readonly exclusions: readonly Exclusion[]; readonly problems: readonly ExclusionProblem[] } {
  const check = validate();
  if (!check(plain)) {
    const errors = (check.errors ?? []).filter((error) => error.keyword !== "oneOf");
    return {
      exclusions: [],
      problems: errors.slice(0, MOST_PROBLEMS).map((error) => problemOf(error, document, path, at)),
    };
  }
  const { exclusions } = plain as { readonly exclusions: readonly Written[] };
  return {
    exclusions: exclusions.map((item, index) => ({
      ...item,
      expires: item.expires ?? plusDays(item.created, DAYS),
      samples: { hidden: samples(item.samples?.hidden), survive: samples(item.samples?.survive) },
      path,
      position: at(startOf(document, ["exclusions", index])),
    })),
    problems: [],
  };
}

function samples(written: readonly WrittenSample[] = []): readonly Sample[] {
  return written.map(({ event, evidence = [] }) => ({ event, evidence }));
}

function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function problemOf(
  error: ErrorObject,
  document: Document,
  path: string,
  at: (offset: number) => Position,
): ExclusionProblem {
  const keys = error.instancePath.split("/").slice(1).map(fromPointer);
  const key = keyName(keys, document);
  const { message, next } = worded(error, key);
  return { path, ...at(startOf(document, keys)), message, next };
}

/** `'when' of the exclusion 'windows-update'` */
function keyName(keys: readonly (string | number)[], document: Document): string {
  const [list, index, ...inner] = keys;
  if (list === undefined) return "The file";
  if (typeof index !== "number") return `'${list}'`;
  const id: unknown = document.getIn([list, index, "id"]);
  const exclusion = typeof id === "string" ? `exclusion '${id.slice(0, 60)}'` : `exclusion ${index + 1}`;
  return inner.length === 0 ? `The ${exclusion}` : `'${inner.join(".")}' of the ${exclusion}`;
}

function worded(error: ErrorObject, key: string): { readonly message: string; readonly next: string } {
  switch (error.keyword) {
    case "required":
      return { message: `${key} lacks '${error.params.missingProperty}'.`, next: "Add the key." };
    case "additionalProperties":
      return {
        message: `${key} has the key '${error.params.additionalProperty}', which means nothing here.`,
        next: "Correct its spelling, or remove it.",
      };
    case "enum":
      return {
        message: `${key} is ${shown(error.data)}.`,
        next: `Write ${(error.params.allowedValues as string[]).join(" or ")}.`,
      };
    case "format":
      return { message: `${key} is ${shown(error.data)}, and no date.`, next: "Write one such as 2026-11-24." };
    default:
      return {
        message: `${key} is ${shown(error.data)}: it ${error.message ?? "is wrong"}.`,
        next: "Correct the value.",
      };
  }
}

function shown(value: unknown): string {
  return `'${String(typeof value === "object" ? JSON.stringify(value) : value).slice(0, 60)}'`;
}

function fromPointer(part: string): string | number {
  const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
  return /^\d+$/.test(key) ? Number(key) : key;
}

/** Where a value stands; the nearest that is there, for one that is not. */
function startOf(document: Document, keys: readonly (string | number)[]): number {
  for (let length = keys.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(keys.slice(0, length), true);
    const range = typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
    if (Array.isArray(range) && typeof range[0] === "number") return range[0];
  }
  return 0;
}
