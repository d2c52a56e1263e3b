import type { Backend } from "@goshawk/engine";
import { conditionOutline } from "@goshawk/kql";
import type { Finding } from "../../hunts/finding.ts";
import type { Rule } from "../../rules/rule.ts";
import { datatableText, sampleValue, type TypedColumn } from "../datatable.ts";
import type { Exclusion, Meaning, SampleRow } from "../exclusion.ts";
import { hidingStep } from "../narrowing.ts";
import { evidenceText, type SampleOptions } from "../samples.ts";
import { waysToHide } from "../ways.ts";
import { chosenValue } from "./chosenValue.ts";
import { smallestEvent } from "./smallestEvent.ts";

/** An event that a rule finds and an exclusion hides, made of nothing but what the rule needs and an attacker chooses. */
export interface Witness {
  readonly event: SampleRow;
  /** Rows of the evidence table beside it. */
  readonly evidence: readonly SampleRow[];
  /** The columns whose texts were chosen. */
  readonly chosen: Readonly<Record<string, string>>;
}

type Decided = Exclusion & { readonly meaning: Meaning };

/**
 * Starts from a finding's own events, takes away what the rule does not need, adds what an attacker would, and puts both
 * to the engine: the rule must find it without the exclusion, and must not with it.
 */
export async function bypassWitness(
  exclusion: Decided,
  rule: Rule,
  finding: Finding,
  backend: Backend,
  options: SampleOptions,
): Promise<Witness | undefined> {
  const ways = freeWays(exclusion);
  if (ways.length === 0) return undefined;
  const rows = await eventsOf(finding, exclusion.table, backend, options);
  const found = await smallestEvent(rows, (some) => fires(exclusion, rule, some, undefined, backend, options));
  if (found === undefined) return undefined;
  const keys = exclusion.evidence?.on ?? [];
  const tied = { ...found.smallest, ...Object.fromEntries(keys.map((key) => [key, found.whole[key] ?? ""])) };
  if (keys.some((key) => tied[key] === "")) return undefined;
  for (const chosen of ways) {
    const witness: Witness =
      exclusion.evidence === undefined
        ? { event: { ...found.smallest, ...chosen }, evidence: [], chosen }
        : { event: tied, evidence: evidenceOf(exclusion, tied, chosen), chosen };
    const { event, evidence } = witness;
    const matched = await fires(exclusion, rule, [event], undefined, backend, options);
    if (matched && !(await fires(exclusion, rule, [event], evidence, backend, options))) return witness;
  }
  return undefined;
}

/** What an attacker has to choose for each way of being hidden that needs nothing else, the least first. */
function freeWays({ when, meaning, evidence }: Decided): readonly Readonly<Record<string, string>>[] {
  // An event is kept by evidence of it; none is needed to be hidden.
  if (meaning === "keep" && evidence !== undefined) return [{}];
  const outline = conditionOutline(when);
  if (outline === undefined) return [];
  return waysToHide(outline, meaning)
    .flatMap((way) => {
      const cells = way.map((step) => [step?.field, step === undefined ? undefined : chosenValue(step)] as const);
      const known = cells.flatMap(([field, value]) =>
        field === undefined || value === undefined ? [] : [[field, value] as const],
      );
      return known.length < cells.length || cells.length === 0 ? [] : [Object.fromEntries(known)];
    })
    .sort((a, b) => Object.keys(a).length - Object.keys(b).length)
    .slice(0, 4);
}

function evidenceOf({ meaning, evidence }: Decided, event: SampleRow, chosen: SampleRow): readonly SampleRow[] {
  if (meaning === "keep" || evidence === undefined) return [];
  return [{ ...Object.fromEntries(evidence.on.map((key) => [key, event[key]])), ...chosen }];
}

/** Whether the rule finds anything when its table holds these rows alone; with evidence, after the exclusion. */
async function fires(
  exclusion: Decided,
  rule: Rule,
  rows: readonly SampleRow[],
  evidence: readonly SampleRow[] | undefined,
  backend: Backend,
  options: SampleOptions,
): Promise<boolean> {
  const table = datatableText(exclusion.table, rows, options.columns);
  const lets = evidence === undefined ? "" : evidenceText(exclusion, evidence, options);
  if (typeof table !== "string" || typeof lets !== "string") return false;
  const step = evidence === undefined ? "" : `\n${hidingStep(exclusion, 0)}`;
  const text = `${lets}let ${exclusion.table} = ${table}${step};\n${rule.query}`;
  const outcome = await backend.query({ text, now: options.now, rowLimit: 1 }, options.signal);
  return outcome.ok && outcome.table.rows.length > 0;
}

const MOST_EVENTS = 128;

/** Events of the table that have the finding's names in its time, as samples. */
async function eventsOf(
  finding: Finding,
  table: string,
  backend: Backend,
  options: SampleOptions,
): Promise<readonly SampleRow[]> {
  const columns = options.columns(table);
  const values = finding.entities.map(({ value }) => JSON.stringify(value)).slice(0, 8);
  const named = columns.filter(({ name, type }) => type === "string" && naming.test(name));
  const time = options.eventTime(table);
  const { firstSeen, lastSeen } = finding;
  const steps = [
    ...(values.length === 0 || named.length === 0
      ? []
      : [`| where ${named.map(({ name }) => `${name} in~ (${values.join(", ")})`).join(" or ")}`]),
    ...(firstSeen === null || lastSeen === null || !columns.some(({ name }) => name === time)
      ? []
      : [`| where ${time} between (datetime(${firstSeen}) .. datetime(${lastSeen}))`]),
  ];
  const text = [table, ...steps, `| take ${MOST_EVENTS}`].join("\n");
  const outcome = await backend.query({ text, now: options.now }, options.signal);
  if (!outcome.ok) return [];
  const known = new Map(columns.map((column) => [column.name, column]));
  return outcome.table.rows.map((row) => sampleOf(row, outcome.table.columns, known));
}

const naming =
  /^(Device(Name|Id)|Computer|HostName|Account(Name|Upn)?|UserPrincipalName|UserId|Caller|(Remote|Source|Client)?IP(Address)?|RecipientEmailAddress)$/i;

function sampleOf(
  row: readonly (string | null)[],
  columns: readonly TypedColumn[],
  known: ReadonlyMap<string, TypedColumn>,
): SampleRow {
  const cells = columns.flatMap(({ name, type }, index): readonly (readonly [string, unknown])[] => {
    const value = known.has(name) ? sampleValue(row[index] ?? null, type) : undefined;
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(cells);
}

/** The witness in words, for a person who has to decide; the time of the event goes without saying. */
export function witnessText(exclusion: Exclusion, { event, evidence, chosen }: Witness): string {
  const unsaid = new Set(["Timestamp", "TimeGenerated", ...(exclusion.evidence?.on ?? []), ...Object.keys(chosen)]);
  const own = Object.entries(event).filter(([name]) => !unsaid.has(name));
  const needs = own.length === 0 ? "an event" : `an event with ${own.map(inWords).join(", ")}`;
  const picks = Object.entries(chosen).map(inWords).join(", ");
  return `${needs} and ${besides(exclusion, evidence.length > 0, picks)} is found by the rule and hidden here (tried)`;
}

function besides({ evidence }: Exclusion, has: boolean, picks: string): string {
  if (evidence === undefined) return picks;
  const tied = `of the same ${evidence.on.join(" and ")}`;
  return has ? `a ${evidence.table} event ${tied} with ${picks}` : `no ${evidence.table} event ${tied}`;
}

const LONGEST = 80;

function inWords([name, value]: readonly [string, unknown]): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `${name} '${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}'`;
}
