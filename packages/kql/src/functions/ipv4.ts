import type { SqlExpr } from "../sql/ast.ts";
import { call, cast, equal, number, value } from "../sql/build.ts";
import { type RefusedFunction, type ScalarFunction, scalarFunction } from "./define.ts";

const all: SqlExpr = cast(number(32), "BIGINT");
const listOf = (items: readonly SqlExpr[]): SqlExpr => cast(call("to_json", { kind: "list", items }), "VARCHAR");

/** Needles as arguments, or as one array. */
function anyOf(name: string, host: string, summary: string): ScalarFunction {
  return scalarFunction({
    name,
    summary,
    overloads: [
      {
        signature: `${name}(text: string, list: dynamic): bool`,
        lower: { duckdb: (of, list) => call(host, of, list) },
      },
      {
        signature: `${name}(text: string, ...items: string): bool`,
        lower: { duckdb: (of, ...items) => call(host, of, listOf(items)) },
      },
    ],
  });
}

export const ipv4: readonly (ScalarFunction | RefusedFunction)[] = [
  scalarFunction({
    name: "parse_ipv4",
    summary: "An address as a number, its network's where it has a prefix; null where it is none.",
    signature: "parse_ipv4(ip: string): long",
    lower: { duckdb: (ip) => call("goshawk_ipv4", ip) },
    examples: [['parse_ipv4("192.168.1.1/24")', "3232235776"]],
  }),
  scalarFunction({
    name: "parse_ipv4_mask",
    summary: "An address's network as a number.",
    signature: "parse_ipv4_mask(ip: string, prefix: long): long",
    lower: { duckdb: (ip, prefix) => call("goshawk_ipv4_mask", ip, cast(prefix, "BIGINT")) },
  }),
  scalarFunction({
    name: "ipv4_compare",
    summary: "-1, 0 or 1 under the shortest prefix.",
    signature: "ipv4_compare(a: string, b: string, prefix?: long): long",
    lower: { duckdb: (a, b, prefix = all) => call("goshawk_ipv4_compare", a, b, cast(prefix, "BIGINT")) },
  }),
  scalarFunction({
    name: "ipv4_is_match",
    summary: "Whether two addresses are one under the shortest prefix.",
    signature: "ipv4_is_match(a: string, b: string, prefix?: long): bool",
    lower: {
      duckdb: (a, b, prefix = all) => equal(call("goshawk_ipv4_compare", a, b, cast(prefix, "BIGINT")), number(0)),
    },
  }),
  scalarFunction({
    name: "ipv4_is_in_range",
    summary: "Whether an address lies in a network.",
    signature: "ipv4_is_in_range(ip: string, range: string): bool",
    lower: { duckdb: (ip, range) => call("goshawk_ipv4_in_range", ip, range) },
    examples: [['ipv4_is_in_range("192.168.1.6", "192.168.1.1/24")', "true"]],
  }),
  anyOf("ipv4_is_in_any_range", "goshawk_ipv4_in_any", "Whether an address lies in one of several networks."),
  scalarFunction({
    name: "ipv4_is_private",
    summary: "Whether an address is of a private network; null where it is none.",
    signature: "ipv4_is_private(ip: string): bool",
    lower: { duckdb: (ip) => call("goshawk_ipv4_private", ip) },
    examples: [['ipv4_is_private("10.1.2.3")', "true"]],
  }),
  scalarFunction({
    name: "ipv4_netmask_suffix",
    summary: "An address's prefix length.",
    signature: "ipv4_netmask_suffix(ip: string): long",
    lower: { duckdb: (ip) => call("goshawk_ipv4_suffix", ip) },
  }),
  ...(["format_ipv4", "format_ipv4_mask"] as const).map((name) =>
    scalarFunction({
      name,
      summary: "An address's network in dots.",
      signature: `${name}(ip: string, prefix?: long): string`,
      lower: {
        duckdb: (ip, prefix = all) =>
          call("goshawk_format_ipv4", ip, cast(prefix, "BIGINT"), value(name === "format_ipv4_mask")),
      },
    }),
  ),
  anyOf("has_ipv4", "goshawk_has_ipv4", "Whether an address stands in a text."),
  anyOf("has_any_ipv4", "goshawk_has_ipv4", "Whether one of several addresses stands in a text."),
  anyOf("has_ipv4_prefix", "goshawk_has_ipv4_prefix", "Whether an address that begins so stands in a text."),
  anyOf(
    "has_any_ipv4_prefix",
    "goshawk_has_ipv4_prefix",
    "Whether an address that begins in one of several ways stands in a text.",
  ),
];
