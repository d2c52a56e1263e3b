import type { SqlExpr } from "../../sql/ast.ts";
import { call, cast, equal, list, number } from "../../sql/build.ts";
import { type RefusedFunction, refusedFunction, type ScalarFunction, scalarFunction } from "../define.ts";
import { anyOf } from "./lists.ts";

const all: SqlExpr = cast(number(128), "BIGINT");
const long = (of: SqlExpr): SqlExpr => cast(of, "BIGINT");

/** IPv4 addresses are taken as `::ffff:a.b.c.d`, and their prefixes count from there. */
export const ipv6: readonly (ScalarFunction | RefusedFunction)[] = [
  scalarFunction({
    name: "parse_ipv6",
    summary: "An address with all its digits, its network's where it has a prefix; empty where it is none.",
    signature: "parse_ipv6(ip: string): string",
    lower: { duckdb: (ip) => call("goshawk_ipv6", ip) },
    examples: [
      ['parse_ipv6("192.168.255.255/24")', '"0000:0000:0000:0000:0000:ffff:c0a8:ff00"'],
      ['parse_ipv6("127.0.0.256")', '""', "no address"],
    ],
  }),
  scalarFunction({
    name: "parse_ipv6_mask",
    summary: "An address's network with all its digits.",
    signature: "parse_ipv6_mask(ip: string, prefix: long): string",
    lower: { duckdb: (ip, prefix) => call("goshawk_ipv6_mask", ip, long(prefix)) },
    examples: [
      ['parse_ipv6_mask("fe80::85d:e82c:9446:7994/120", 124)', '"fe80:0000:0000:0000:085d:e82c:9446:7900"'],
      ['parse_ipv6_mask("::192.168.255.255", 128)', '"0000:0000:0000:0000:0000:0000:c0a8:ffff"'],
    ],
  }),
  scalarFunction({
    name: "ipv6_compare",
    summary: "-1, 0 or 1 under the shortest prefix.",
    signature: "ipv6_compare(a: string, b: string, prefix?: long): long",
    lower: { duckdb: (a, b, prefix = all) => call("goshawk_ipv6_compare", a, b, long(prefix)) },
    examples: [
      ['ipv6_compare("192.168.1.1/24", "::ffff:c0a8:01ff")', "0"],
      ['ipv6_compare("::192.168.1.1/30", "192.168.1.255/24")', "0", "both are the IPv4 address"],
    ],
  }),
  scalarFunction({
    name: "ipv6_is_match",
    summary: "Whether two addresses are one under the shortest prefix.",
    signature: "ipv6_is_match(a: string, b: string, prefix?: long): bool",
    lower: {
      duckdb: (a, b, prefix = all) => equal(call("goshawk_ipv6_compare", a, b, long(prefix)), number(0)),
    },
    examples: [['ipv6_is_match("fe80::85d:e82c:9446:7994/127", "fe80::85d:e82c:9446:7998", 120)', "true"]],
  }),
  scalarFunction({
    name: "ipv6_is_in_range",
    summary: "Whether an address lies in a network.",
    signature: "ipv6_is_in_range(ip: string, range: string): bool",
    lower: {
      duckdb: (ip, range) => call("goshawk_ipv6_in_any", ip, cast(call("to_json", list(range)), "VARCHAR")),
    },
    examples: [['ipv6_is_in_range("a5e:f127::abcd", "0:0:0:0:0:ffff:c0a8:ac/60")', "false"]],
  }),
  anyOf("ipv6_is_in_any_range", "Whether an address lies in one of several networks.", {
    constant: () => undefined,
    host: (ip, ranges) => call("goshawk_ipv6_in_any", ip, ranges),
  }),
  refusedFunction("__ipv6_lookup_ranges", "it is Kusto's own inner part of ipv6_lookup; use that plugin"),
];
