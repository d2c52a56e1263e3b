import { randomFrom } from "../rows/random.ts";
import { type Failure, signatureOf } from "./failure.ts";
import type { RandomQuery } from "./grammar/query.ts";
import { laws } from "./laws/index.ts";
import { planLaw } from "./laws/sameRows.ts";
import { literalTrip } from "./literalTrip.ts";
import { shrunk, smaller } from "./shrink.ts";
import { datatableOf, smallTables } from "./tables.ts";
import { textOf } from "./tree.ts";
import { columnsOf, isTaken, queryFrom, type Trial, tried } from "./trial.ts";
import { openWorld, type World } from "./world.ts";

export interface FuzzOptions {
  readonly queries: number;
  readonly seed: number;
  /** The first query; the ones before it are passed over. */
  readonly from?: number;
  /** Steps to make a failing query smaller. */
  readonly shrinkSteps: number;
  readonly signal?: AbortSignal;
  readonly onFailure?: (failure: FuzzFailure) => void;
  readonly onQuery?: (done: number, text: string) => void;
}

/** One kind of failure, and the smallest query that shows it. */
export interface FuzzFailure extends Failure {
  readonly seed: string;
  readonly query: string;
  /** The tables that it reads, as datatables. */
  readonly tables: readonly string[];
  readonly times: number;
}

/** How often a refusal came, and for what query first. */
interface Refused {
  readonly times: number;
  readonly query: string;
}

export interface FuzzReport {
  readonly queries: number;
  readonly answered: number;
  readonly slow: readonly string[];
  /** How many queries were held to the laws about rows. */
  readonly exact: number;
  readonly refused: ReadonlyMap<string, Refused>;
  readonly failures: readonly FuzzFailure[];
}

const QUERIES_A_WORLD = 200;
const QUERIES_A_TRIP = 5;
const LAWS_A_QUERY = 3;

/** Random queries over random tables, each held to some of the laws. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const tally = { queries: 0, answered: 0, exact: 0 };
  const refused = new Map<string, Refused>();
  const slow: string[] = [];
  const failures = new Map<string, FuzzFailure>();
  const first = options.from ?? 0;
  let world: World | undefined;
  try {
    for (let index = first; index < first + options.queries && options.signal?.aborted !== true; index++) {
      if (world === undefined || index % QUERIES_A_WORLD === 0) {
        await world?.close();
        const tablesSeed = `${options.seed}/tables/${Math.floor(index / QUERIES_A_WORLD)}`;
        world = await openWorld(smallTables(tablesSeed));
      }
      const seed = `${options.seed}/${index}`;
      const query = queryFrom(seed, index, world);
      if (query === undefined) continue;
      options.onQuery?.(tally.queries, wholeText(query));
      const trial = await tried(query, seed, world, lawsOf(seed));
      tally.queries++;
      note(trial, query);
      const literals = index % QUERIES_A_TRIP === 0 ? await literalTrip(seed, world) : undefined;
      if (literals !== undefined) failures.set(literals.message, { ...literals, seed, tables: [], times: 1 });
      if (trial.failure !== undefined) await keep(trial.failure, query, seed, world);
    }
  } finally {
    await world?.close();
  }
  return { ...tally, slow, refused, failures: [...failures.values()] };

  function note({ outcome }: Trial, query: RandomQuery): void {
    if (outcome.kind === "rows") tally.answered++;
    if (outcome.kind === "rows" && query.vague.length === 0) tally.exact++;
    if (outcome.kind === "slow") slow.push(wholeText(query));
    if (outcome.kind !== "refused") return;
    const [found] = outcome.diagnostics;
    const reason = `${found?.code}: ${found?.message.slice(0, 110)}`;
    const { times = 0, query: first = wholeText(query) } = refused.get(reason) ?? {};
    refused.set(reason, { times: times + 1, query: first });
  }

  async function keep(failure: Failure, query: RandomQuery, seed: string, at: World): Promise<void> {
    const signature = signatureOf(failure);
    const known = failures.get(signature);
    if (known !== undefined) {
      failures.set(signature, { ...known, times: known.times + 1 });
      return;
    }
    const least = await smallest(query, failure, seed, at, options.shrinkSteps);
    const { failure: shown = failure } = await tried(least, seed, at, (law) => law === failure.law);
    const found: FuzzFailure = { ...shown, seed, ...shownTables(least, at), times: 1 };
    failures.set(signature, found);
    options.onFailure?.(found);
  }
}

const wholeText = ({ lets, tree }: RandomQuery): string => textOf(lets) + textOf(tree);

/** Which laws the query of a seed is held to. */
function lawsOf(seed: string): (law: string) => boolean {
  const random = randomFrom(`${seed}/laws`);
  const chosen = new Set(Array.from({ length: LAWS_A_QUERY }, () => laws[random.below(laws.length)]?.name));
  return (law) => law === planLaw.name || chosen.has(law);
}

function smallest(
  query: RandomQuery,
  failure: Failure,
  seed: string,
  world: World,
  steps: number,
): Promise<RandomQuery> {
  const signature = signatureOf(failure);
  return shrunk(
    query,
    function* (from) {
      const lesser = [
        ...[...smaller(from.tree)].map((tree) => ({ ...from, tree })),
        ...[...smaller(from.lets)].map((lets) => ({ ...from, lets })),
      ];
      for (const less of lesser) {
        const text = wholeText(less);
        if (!isTaken(text, world)) continue;
        // A sort that went away takes the order with it.
        yield { ...less, columns: columnsOf(text, world) ?? [], ordered: false };
      }
    },
    async (candidate) => {
      const { failure: found } = await tried(candidate, seed, world, (law) => law === failure.law);
      return found !== undefined && signatureOf(found) === signature;
    },
    steps,
  );
}

function shownTables(query: RandomQuery, world: World): { readonly query: string; readonly tables: readonly string[] } {
  const text = wholeText(query);
  const read = world.tables.filter(({ schema }) => new RegExp(`\\b${schema.name}\\b`).test(text));
  return { query: text, tables: read.map((table) => `let ${table.schema.name} = ${datatableOf(table)};`) };
}
