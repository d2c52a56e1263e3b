import type { SqlExpr } from "../../sql/ast.ts";
import {
  and,
  call,
  cases,
  cast,
  constantText,
  equal,
  greaterOrEqual,
  lessOrEqual,
  list,
  no,
  nothing,
  number,
  once,
  or,
  text,
  value,
  yes,
} from "../../sql/build.ts";
import { network4, parseIpv4 } from "../../values/ipAddress.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";
import { type AnyOf, anyOf } from "./lists.ts";
import { addressPattern, holdsAddress, holdsPrefix, privatePattern } from "./patterns.ts";

const all: SqlExpr = cast(number(32), "BIGINT");
const long = (of: SqlExpr): SqlExpr => cast(of, "BIGINT");
/** More ranges than this are looked at one by one in the host. */
const MOST_COMPARED = 64;

/** Whether an address, as a number, lies in a range. */
function within(address: SqlExpr, range: string): SqlExpr | undefined {
  const found = parseIpv4(range);
  if (found === undefined) return undefined;
  const first = network4(found.bits, found.prefix);
  const last = first + 2 ** (32 - found.prefix) - 1;
  return and(greaterOrEqual(address, long(number(first))), lessOrEqual(address, long(number(last))));
}

/** Ranges that are none are passed over; null where nothing can be told. */
function withinAny(ip: SqlExpr, ranges: readonly string[]): SqlExpr | undefined {
  if (ranges.length > MOST_COMPARED) return undefined;
  return once(call("goshawk_ipv4", ip), (address) => {
    const tests = ranges.map((range) => within(address, range)).filter((test) => test !== undefined);
    return tests.length === 0 ? nothing("BOOLEAN") : or(...tests);
  });
}

function isInRange(ip: SqlExpr, range: SqlExpr): SqlExpr {
  const constant = constantText(range);
  const known = constant === undefined ? undefined : withinAny(ip, [constant]);
  return known ?? call("goshawk_ipv4_in_any", ip, cast(call("to_json", list(range)), "VARCHAR"));
}

const byPattern = (pattern: (items: readonly string[]) => string | undefined, host: string): AnyOf => ({
  constant: (of, items) => {
    const found = pattern(items);
    return found === undefined ? no : call("regexp_matches", of, value(found));
  },
  host: (of, items) => call(host, of, items),
});

export const ipv4: readonly ScalarFunction[] = [
  scalarFunction({
    name: "parse_ipv4",
    summary: "An address as a number, its network's where it has a prefix; null where it is none.",
    signature: "parse_ipv4(ip: string): long",
    lower: { duckdb: (ip) => call("goshawk_ipv4", ip) },
    examples: [
      ['parse_ipv4("192.168.1.1/24")', "3232235776"],
      ['parse_ipv4("127.0.0.256")', "long(null)", "no address"],
    ],
  }),
  scalarFunction({
    name: "parse_ipv4_mask",
    summary: "An address's network as a number.",
    signature: "parse_ipv4_mask(ip: string, prefix: long): long",
    lower: { duckdb: (ip, prefix) => call("goshawk_ipv4_mask", ip, long(prefix)) },
    examples: [['parse_ipv4_mask("127.0.0.1", 24)', "2130706432"]],
  }),
  scalarFunction({
    name: "ipv4_compare",
    summary: "-1, 0 or 1 under the shortest prefix.",
    signature: "ipv4_compare(a: string, b: string, prefix?: long): long",
    lower: { duckdb: (a, b, prefix = all) => call("goshawk_ipv4_compare", a, b, long(prefix)) },
    examples: [['ipv4_compare("192.168.1.1/30", "192.168.1.255/24")', "0"]],
  }),
  scalarFunction({
    name: "ipv4_is_match",
    summary: "Whether two addresses are one under the shortest prefix.",
    signature: "ipv4_is_match(a: string, b: string, prefix?: long): bool",
    lower: {
      duckdb: (a, b, prefix = all) => equal(call("goshawk_ipv4_compare", a, b, long(prefix)), number(0)),
    },
    examples: [['ipv4_is_match("192.168.1.1", "192.168.1.255", 24)', "true"]],
  }),
  scalarFunction({
    name: "ipv4_is_in_range",
    summary: "Whether an address lies in a network.",
    signature: "ipv4_is_in_range(ip: string, range: string): bool",
    lower: { duckdb: isInRange },
    examples: [['ipv4_is_in_range("192.168.1.6", "192.168.1.1/24")', "true"]],
  }),
  anyOf("ipv4_is_in_any_range", "Whether an address lies in one of several networks.", {
    constant: withinAny,
    host: (ip, ranges) => call("goshawk_ipv4_in_any", ip, ranges),
  }),
  scalarFunction({
    name: "ipv4_is_private",
    summary: "Whether an address is of a private network; null where it is none.",
    signature: "ipv4_is_private(ip: string): bool",
    lower: {
      duckdb: (ip) =>
        once(ip, (address) =>
          cases(
            [
              [call("regexp_full_match", address, text(privatePattern)), yes],
              [call("regexp_full_match", address, text(addressPattern)), no],
            ],
            nothing("BOOLEAN"),
          ),
        ),
    },
    examples: [
      ['ipv4_is_private("192.168.1.1/24")', "true"],
      ['ipv4_is_private("127.0.0.1")', "false"],
    ],
  }),
  scalarFunction({
    name: "ipv4_netmask_suffix",
    summary: "An address's prefix length.",
    signature: "ipv4_netmask_suffix(ip: string): long",
    lower: { duckdb: (ip) => call("goshawk_ipv4_suffix", ip) },
    examples: [['ipv4_netmask_suffix("10.1.2.3")', "32"]],
  }),
  ...(["format_ipv4", "format_ipv4_mask"] as const).map((name) =>
    scalarFunction({
      name,
      summary: "An address's network in dots.",
      signature: `${name}(ip: string, prefix?: long): string`,
      lower: {
        duckdb: (ip, prefix = all) => call("goshawk_format_ipv4", ip, long(prefix), value(name === "format_ipv4_mask")),
      },
    }),
  ),
  scalarFunction({
    name: "ipv4_range_to_cidr_list",
    summary: "The networks that make up the addresses from one to another.",
    signature: "ipv4_range_to_cidr_list(first: string, last: string): dynamic",
    lower: { duckdb: (first, last) => call("goshawk_ipv4_cidrs", first, last) },
    examples: [
      [
        'ipv4_range_to_cidr_list("1.1.128.0", "1.1.140.255")',
        'dynamic(["1.1.128.0/21","1.1.136.0/22","1.1.140.0/24"])',
      ],
    ],
  }),
  anyOf("has_ipv4", "Whether an address stands in a text.", byPattern(holdsAddress, "goshawk_has_ipv4")),
  anyOf(
    "has_any_ipv4",
    "Whether one of several addresses stands in a text.",
    byPattern(holdsAddress, "goshawk_has_ipv4"),
  ),
  anyOf(
    "has_ipv4_prefix",
    "Whether an address that begins so stands in a text.",
    byPattern(holdsPrefix, "goshawk_has_ipv4_prefix"),
  ),
  anyOf(
    "has_any_ipv4_prefix",
    "Whether an address that begins in one of several ways stands in a text.",
    byPattern(holdsPrefix, "goshawk_has_ipv4_prefix"),
  ),
];
