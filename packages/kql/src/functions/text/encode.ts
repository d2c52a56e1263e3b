import { call, text, tryCast } from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";

/** A function of one text that a host function computes. */
function hosted(name: string, host: string, summary: string, aliases: readonly string[] = []): ScalarFunction {
  return scalarFunction({
    name,
    aliases,
    summary,
    signature: `${name}(text: string): string`,
    lower: { duckdb: (of) => call(host, of) },
  });
}

function dynamicOf(name: string, host: string, summary: string, aliases: readonly string[] = []): ScalarFunction {
  return scalarFunction({
    name,
    aliases,
    summary,
    signature: `${name}(text: string): dynamic`,
    lower: { duckdb: (of) => call(host, of) },
  });
}

export const encoding: readonly ScalarFunction[] = [
  hosted("url_encode", "goshawk_url_encode", "Percent-encoded, a space as +."),
  hosted("url_encode_component", "goshawk_url_encode_component", "Percent-encoded, a space as %20."),
  hosted("url_decode", "goshawk_url_decode", "With percent-encoding undone."),
  dynamicOf("parse_url", "goshawk_parse_url", "The parts of a URL.", ["parseurl"]),
  dynamicOf("parse_urlquery", "goshawk_parse_urlquery", "The parameters of a URL's query.", ["parseurlquery"]),
  dynamicOf("parse_path", "goshawk_parse_path", "The parts of a file path."),
  dynamicOf("parse_csv", "goshawk_parse_csv", "The cells of a text's first CSV record."),
  dynamicOf(
    "parse_xml",
    "goshawk_parse_xml",
    "An XML text as a bag: elements by name, attributes with @, mixed text as #text.",
  ),
  scalarFunction({
    name: "parse_command_line",
    summary: "A command line's arguments, as Windows splits them.",
    signature: "parse_command_line(text: string, kind: string): dynamic",
    lower: { duckdb: (of, kind) => call("goshawk_command_line", of, kind) },
    examples: [['parse_command_line(@\'echo "hello world!"\', "windows")', 'dynamic(["echo","hello world!"])']],
  }),
  scalarFunction({
    name: "parse_version",
    summary: "A version of one to four numbers of up to eight digits as one number, which compares as versions do.",
    signature: "parse_version(text: string): decimal",
    rules: ["V7"],
    lower: { duckdb: (of) => tryCast(call("goshawk_parse_version", of), "DECIMAL") },
    examples: [
      ['parse_version("0.1.2.0")', "decimal(10000000200000000)"],
      ['parse_version("0.0.3")', "decimal(300000000)", "numbers that are left out are zero"],
    ],
  }),
  scalarFunction({
    name: "format_bytes",
    summary: "A number of bytes in words.",
    signature: "format_bytes(size: real, precision?: long, units?: string): string",
    lower: {
      duckdb: (size, precision = { kind: "value", value: 0n, type: "BIGINT" }, units = text("")) =>
        call("goshawk_format_bytes", size, precision, units),
    },
  }),
];
