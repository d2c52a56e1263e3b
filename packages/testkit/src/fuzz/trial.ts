import { type ColumnSchema, officialSchema } from "@goshawk/kql";
import { randomFrom } from "../rows/random.ts";
import type { Failure } from "./failure.ts";
import { type Call, scalarCalls } from "./grammar/calls.ts";
import type { Grammar } from "./grammar/grammar.ts";
import { noLets, prelude } from "./grammar/lets.ts";
import { type RandomQuery, randomQuery } from "./grammar/query.ts";
import { laws } from "./laws/index.ts";
import type { Held } from "./laws/law.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { textOf } from "./tree.ts";
import type { World } from "./world.ts";

/** What a query came to. */
export interface Trial {
  readonly outcome: Outcome;
  readonly failure: Failure | undefined;
}

const MOST_OPERATORS = 5;
const DUE_AT_A_TIME = 4;

/** The query that a seed stands for, over the world's tables. */
export function queryFrom(seed: string, index: number, world: World): RandomQuery | undefined {
  const random = randomFrom(seed);
  let names = 0;
  const lets = noLets();
  const before = (): string => textOf(prelude(lets));
  const grammar: Grammar = {
    random,
    exact: random.below(10) < 6,
    vague: new Set(),
    tables: world.tables.map(({ schema }) => schema),
    lets,
    due: dueAt(index),
    fresh: (prefix) => `${prefix}${++names}`,
    isTaken: (tree) => isTaken(before() + textOf(tree), world),
    columnsOf: (tree) => columnsOf(before() + textOf(tree), world),
  };
  return randomQuery(grammar, MOST_OPERATORS);
}

/** Calls in turn, so that a long enough run has every one. */
function dueAt(index: number): Call[] {
  return Array.from(
    { length: DUE_AT_A_TIME },
    (_, at) => scalarCalls[(index * DUE_AT_A_TIME + at) % scalarCalls.length],
  ).filter((call) => call !== undefined);
}

/** Whether Microsoft's binder takes a query. */
export function isTaken(text: string, world: World): boolean {
  return officialSchema(text, world.session.compileOptions(0n)).errors.length === 0;
}

/** The columns that Microsoft's binder gives a query; undefined where it does not take it. */
export function columnsOf(text: string, world: World): readonly ColumnSchema[] | undefined {
  const { columns, open, errors } = officialSchema(text, world.session.compileOptions(0n));
  if (errors.length > 0 || open || columns === undefined) return undefined;
  return columns.map(({ name, type }) => ({ name, type: type === "unknown" ? "dynamic" : type }));
}

/** Runs a query and holds it to the laws that `chosen` names; to all without it. */
export async function tried(
  query: RandomQuery,
  seed: string,
  world: World,
  chosen: (law: string) => boolean,
): Promise<Trial> {
  const [lets, text] = [textOf(query.lets), textOf(query.tree)];
  const run: Held["run"] = (other, how) => outcomeOf(lets + other, world.session, how);
  const outcome = await run(text);
  if (outcome.kind === "crash") return { outcome, failure: { law: "no crash", message: outcome.message } };
  if (outcome.kind === "refused") return { outcome, failure: placeless(outcome) };
  if (outcome.kind === "slow") return { outcome, failure: undefined };
  for (const law of laws) {
    if ((law.exact && query.vague.length > 0) || !chosen(law.name)) continue;
    const random = randomFrom(`${seed}/${law.name}`);
    const broken = await law.check({ query, text, table: outcome.table, world, random, lets, run });
    if (broken !== undefined) return { outcome, failure: { law: law.name, message: broken } };
  }
  return { outcome, failure: undefined };
}

/** A refusal says what it is about and where that stands. */
function placeless(outcome: Extract<Outcome, { readonly kind: "refused" }>): Failure | undefined {
  const [first] = outcome.diagnostics;
  if (first !== undefined && first.code !== undefined && first.span.end > first.span.start && first.message !== "")
    return undefined;
  return { law: "a refusal has a place", message: JSON.stringify(first) };
}
