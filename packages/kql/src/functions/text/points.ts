import { call } from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";
import { packed } from "../dynamic/sql.ts";

function punycode(name: string, host: string, summary: string, example: readonly [string, string]): ScalarFunction {
  return scalarFunction({
    name,
    summary,
    signature: `${name}(text: string): string`,
    lower: { duckdb: (of) => call(host, of) },
    examples: [[`${name}(${JSON.stringify(example[0])})`, JSON.stringify(example[1])]],
  });
}

/** Texts as the numbers of their characters. */
export const points: readonly ScalarFunction[] = [
  scalarFunction({
    name: "unicode_codepoints_from_string",
    aliases: ["to_utf8"],
    summary: "The code points of a text's characters.",
    signature: "unicode_codepoints_from_string(text: string): dynamic",
    lower: { duckdb: (of) => call("goshawk_codepoints", of) },
    examples: [['unicode_codepoints_from_string("⒦⒰⒮⒯⒪")', "dynamic([9382,9392,9390,9391,9386])"]],
  }),
  scalarFunction({
    name: "unicode_codepoints_to_string",
    aliases: ["make_string"],
    summary: "The text of code points and arrays of them; empty where one is none.",
    signature: "unicode_codepoints_to_string(...points: dynamic): string",
    lower: { duckdb: (...points) => call("goshawk_of_codepoints", packed(points)) },
    examples: [
      ["unicode_codepoints_to_string(75, 117, 115, 116, 111)", '"Kusto"'],
      ["unicode_codepoints_to_string(dynamic([75, 117, 115]), 116, 111)", '"Kusto"'],
      ["unicode_codepoints_to_string(55296)", '""', "half a surrogate pair is no code point"],
    ],
  }),
  punycode("punycode_from_string", "goshawk_punycode", "A text in punycode, without `xn--`.", [
    "académie-française",
    "acadmie-franaise-npb1a",
  ]),
  punycode("punycode_to_string", "goshawk_of_punycode", "The text that punycode stands for; empty where it is none.", [
    "acadmie-franaise-npb1a",
    "académie-française",
  ]),
  punycode("punycode_domain_to_string", "goshawk_punycode_domain", "A domain name with its labels in punycode.", [
    "Riðill｡Skáldskaparmál｡org",
    "xn--Riill-jta.xn--Skldskaparml-dbbj.org",
  ]),
  punycode(
    "punycode_domain_from_string",
    "goshawk_of_punycode_domain",
    "A domain name with its punycode undone; empty where a label is none.",
    ["xn--Riill-jta.xn--Skldskaparml-dbbj.org", "Riðill.Skáldskaparmál.org"],
  ),
];
