import { type ScalarFunction, scalarFunctions } from "@goshawk/kql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isError } from "../../src/conformance/answer.ts";
import { openSessionBatch, type SessionBatch } from "../../src/engine/sessionBatch.ts";

let engine: SessionBatch;

beforeAll(async () => {
  engine = await openSessionBatch([]);
});

afterAll(() => engine.close());

const samples: Readonly<Record<string, readonly string[]>> = {
  bool: ["true", "false"],
  int: ["int(7)", "int(-2147483648)"],
  long: ["0", "-7", "3", "9223372036854775807"],
  real: ["0.0", "-2.5", "3.75", "1e300", "real(nan)"],
  datetime: [
    "datetime(0001-01-01)",
    "datetime(1969-12-31 23:59:59.9999999)",
    "datetime(2020-02-29 12:34:56.7890123)",
    "datetime(9999-12-31 23:59:59.9999999)",
  ],
  timespan: ["time(0s)", "time(-1.02:03:04.5)", "time(90m)", "time(10675199.02:48:05.4775807)"],
  string: ['""', '"12"', '"2020-05-06 07:08"'],
  guid: ["guid(74be27de-1e4e-49d9-b579-fe0b331d3642)"],
};

/** Texts that a function takes, where any text will not do. */
const texts: Readonly<Record<string, readonly string[]>> = {
  datetime_add: ['"month"', '"Week"', '"nanosecond"', '"year"'],
  datetime_utc_to_local: ['"Europe/Brussels"', '"Asia/Kolkata"'],
  datetime_local_to_utc: ['"Europe/Brussels"', '"US/Pacific"'],
};

/** Where Kusto itself reckons a constant otherwise than a column. */
const unlike: ReadonlySet<string> = new Set(["tolong", "toint"]);

const MOST = 60;

/** A call that only an operator makes, and no query can write. */
const isInner = (name: string): boolean => /^\w+ \w+$/.test(name);

const isWord = (name: string): boolean => /^\w+$/.test(name);

function written(name: string, args: readonly string[]): string | undefined {
  if (isWord(name)) return `${name}(${args.join(", ")})`;
  if (name === "unary -") return `-(${args.join("")})`;
  return args.length === 2 && /^[-+*/%<>=]+$/.test(name) ? args.map((arg) => `(${arg})`).join(` ${name} `) : undefined;
}

/** One overload with all choices of arguments: as columns of constants, and as rows of a table. */
interface Couple {
  readonly name: string;
  readonly calls: readonly string[];
  readonly constants: string;
  readonly column: string;
}

function couplesOf(row: ScalarFunction): readonly Couple[] {
  if (unlike.has(row.name) || isInner(row.name)) return [];
  return row.overloads.flatMap((overload) => {
    if (overload.fold === undefined || overload.signature.parameters.length === 0) return [];
    const { parameters, text } = overload.signature;
    const takesTexts = texts[row.name];
    if (takesTexts === undefined)
      return [
        coupleOf(
          row.name,
          text,
          parameters.map(({ type }) => ({ type })),
        ),
      ];
    return takesTexts.map((fixed) =>
      coupleOf(
        row.name,
        text,
        parameters.map(({ type }) => (type === "string" ? { type, fixed } : { type })),
      ),
    );
  });
}

/** A parameter, and the only text it is given where the language demands a literal. */
interface Place {
  readonly type: string;
  readonly fixed?: string;
}

function coupleOf(name: string, signature: string, places: readonly Place[]): Couple {
  const varied = places.flatMap((place, index) => (place.fixed === undefined ? [{ ...place, name: `p${index}` }] : []));
  const all = combinations(varied.map(({ type }) => samples[type] ?? [])).slice(0, MOST);
  const call = (args: readonly string[]): string => {
    const rest = [...args];
    return (
      written(
        name,
        places.map((place) => place.fixed ?? rest.shift() ?? ""),
      ) ?? ""
    );
  };
  const calls = all.map(call);
  const declared = varied.map((item) => `${item.name}: ${item.type}`).join(", ");
  return {
    name: signature,
    calls,
    constants: `print ${calls.map((text, index) => `c${index} = tostring(${text})`).join(", ")}`,
    column: `datatable(${declared})[${all.flat().join(", ")}] | project got = tostring(${call(varied.map((item) => item.name))})`,
  };
}

function combinations(choices: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return choices.reduce<readonly (readonly string[])[]>(
    (found, choice) => found.flatMap((item) => choice.map((next) => [...item, next])),
    [[]],
  );
}

test("a call of constants is what the same call over a column is", async () => {
  const couples = scalarFunctions.flatMap((row) => (row.kind === "scalar" ? couplesOf(row) : []));
  expect(couples.length).toBeGreaterThan(50);
  const queries = couples.flatMap(({ constants, column }, index) => [
    { id: `${index} constants`, query: constants },
    { id: `${index} column`, query: column },
  ]);
  const answers = new Map((await engine.run(queries, { tables: [] })).map((answer) => [answer.id, answer]));
  const unequal = couples.flatMap(({ name, calls }, index) => {
    const [constants, column] = [answers.get(`${index} constants`), answers.get(`${index} column`)];
    if (constants === undefined || column === undefined || isError(constants) || isError(column))
      return [`${name}: ${JSON.stringify(constants)} ${JSON.stringify(column)}`];
    return calls.flatMap((call, at) => {
      const [folded, reckoned] = [constants.rows[0]?.[at], column.rows[at]?.[0]];
      return folded === reckoned ? [] : [`${call} is ${reckoned}, but ${folded} of constants`];
    });
  });
  expect(unequal).toEqual([]);
});
