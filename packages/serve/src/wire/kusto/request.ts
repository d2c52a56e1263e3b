import { parseDatetime, parseTimespan } from "@goshawk/kql";
import { parseJson } from "../../http/json.ts";
import { ServeError } from "../../http/serveError.ts";
import type { FrameOptions } from "./body.ts";

/** A request to Kusto's endpoints, as it was meant. */
export interface KustoRequest {
  readonly database: string;
  readonly text: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly options: KustoOptions;
}

export interface KustoOptions {
  readonly timeoutMs?: number;
  /** Rows and bytes beyond which the answer is cut with an error; absent where the client wants all. */
  readonly truncation?: { readonly records: number; readonly bytes: number };
  /** Rows beyond which the answer is cut without one. */
  readonly takeMost?: number;
  readonly now?: bigint;
  readonly scope?: { readonly from?: bigint; readonly to?: bigint; readonly column?: string };
  readonly frames: FrameOptions;
}

const truncationRecords = 500_000;
const truncationBytes = 64 * 2 ** 20;

type Bag = Readonly<Record<string, unknown>>;

/** Reads a body, or the query string of a GET. */
export function readKustoRequest(body: unknown): KustoRequest {
  const bag = asBag(body, "The body");
  const text = bag.csl ?? bag.query;
  if (typeof text !== "string") throw badRequest("The request has no query: put its KQL into 'csl'.");
  const properties = propertiesOf(bag.properties);
  const options = asBag(properties.Options ?? {}, "'properties.Options'");
  const parameters = asBag(properties.Parameters ?? {}, "'properties.Parameters'");
  return {
    database: typeof bag.db === "string" ? bag.db : "",
    text,
    parameters: new Map(Object.entries(parameters).map(([name, value]) => [name, textOf(value)])),
    options: readOptions(options),
  };
}

function propertiesOf(value: unknown): Bag {
  if (value === undefined || value === null || value === "") return {};
  if (typeof value !== "string") return asBag(value, "'properties'");
  return asBag(parseJson(value), "'properties'");
}

function readOptions(bag: Bag): KustoOptions {
  const language = bag.query_language;
  if (typeof language === "string" && !/^(kql|csl|kusto)$/i.test(language))
    throw badRequest(`The query language '${language.slice(0, 40)}' is not spoken here; send KQL.`);
  const from = datetime(bag, "query_datetimescope_from");
  const to = datetime(bag, "query_datetimescope_to");
  const column = bag.query_datetimescope_column;
  const now = datetime(bag, "query_now");
  const timeoutMs = timeout(bag.servertimeout);
  const takeMost = number(bag, "query_take_max_records");
  return {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(isTrue(bag.notruncation)
      ? {}
      : {
          truncation: {
            records: number(bag, "truncationmaxrecords") ?? truncationRecords,
            bytes: number(bag, "truncationmaxsize") ?? truncationBytes,
          },
        }),
    ...(takeMost === undefined ? {} : { takeMost }),
    ...(now === undefined ? {} : { now }),
    ...(from === undefined && to === undefined
      ? {}
      : {
          scope: {
            ...(from === undefined ? {} : { from }),
            ...(to === undefined ? {} : { to }),
            ...(typeof column === "string" ? { column } : {}),
          },
        }),
    frames: {
      progressive: isTrue(bag.results_progressive_enabled),
      fragmented: isTrue(bag.results_v2_fragment_primary_tables),
      newlines: isTrue(bag.results_v2_newlines_between_frames),
      errorsAtEnd: /^end_of_table$/i.test(String(bag.results_error_reporting_placement ?? "")),
    },
  };
}

function asBag(value: unknown, what: string): Bag {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Bag;
  throw badRequest(`${what} is no JSON object.`);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isTrue(value: unknown): boolean {
  return value === true || value === 1 || (typeof value === "string" && /^(true|1)$/i.test(value));
}

function number(bag: Bag, name: string): number | undefined {
  const value = bag[name];
  if (value === undefined || value === null) return undefined;
  const read = Number(value);
  if (Number.isInteger(read) && read >= 0) return read;
  throw badRequest(`The option '${name}' is no whole number.`);
}

function datetime(bag: Bag, name: string): bigint | undefined {
  const value = bag[name];
  if (value === undefined || value === null || value === "") return undefined;
  const text = String(value).replace(/^datetime\((.*)\)$/i, "$1");
  const ticks = parseDatetime(text);
  if (ticks !== undefined) return ticks;
  throw badRequest(`The option '${name}' is no datetime.`);
}

/** Kusto's timespan text, or a number of seconds. */
function timeout(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" && value > 0) return value * 1000;
  const ticks = typeof value === "string" ? parseTimespan(value.replace(/^time(?:span)?\((.*)\)$/i, "$1")) : undefined;
  if (ticks === undefined || ticks <= 0n) throw badRequest("The option 'servertimeout' is no timespan.");
  return Number(ticks / 10_000n);
}

function badRequest(message: string): ServeError {
  return new ServeError(400, "General_BadRequest", message);
}

/** Whether a text is a management command: it begins with a dot, after blanks and comments. */
export function isCommand(text: string): boolean {
  return withoutComments(text).startsWith(".");
}

/** The text after leading blanks and comments. */
export function withoutComments(text: string): string {
  let rest = text.trimStart();
  while (rest.startsWith("//")) {
    const end = rest.indexOf("\n");
    rest = end < 0 ? "" : rest.slice(end + 1).trimStart();
  }
  return rest;
}
