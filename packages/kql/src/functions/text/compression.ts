import { call } from "../../sql/build.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";

const format = (name: "gzip" | "zlib", compressed: string, garbled: string): readonly ScalarFunction[] => [
  scalarFunction({
    name: `${name}_compress_to_base64_string`,
    summary: `A text in ${name} format, in base64.`,
    approximate: "the bytes are stored as they are: they decompress alike, but Kusto's are fewer for longer texts",
    signature: `${name}_compress_to_base64_string(text: string): string`,
    lower: { duckdb: (of) => call(`goshawk_${name}_compress`, of) },
    examples: [[`${name}_compress_to_base64_string("1234567890qwertyuiop")`, JSON.stringify(compressed)]],
  }),
  scalarFunction({
    name: `${name}_decompress_from_base64_string`,
    summary: `The text that base64 in ${name} format holds; empty where it holds none, or one longer than a Kusto text.`,
    signature: `${name}_decompress_from_base64_string(text: string): string`,
    lower: { duckdb: (of) => call(`goshawk_${name}_decompress`, of) },
    examples: [
      [`${name}_decompress_from_base64_string(${JSON.stringify(compressed)})`, '"1234567890qwertyuiop"'],
      [`${name}_decompress_from_base64_string(${JSON.stringify(garbled)})`, '""', "no such format"],
    ],
  }),
];

/** The engine brings the host functions: compression is the runtime's own. */
export const compression: readonly ScalarFunction[] = [
  ...format("gzip", "H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA==", "x0x0x0"),
  ...format("zlib", "eAEBFADr/zEyMzQ1Njc4OTBxd2VydHl1aW9wOAkGdw==", "x0x0x0"),
];
