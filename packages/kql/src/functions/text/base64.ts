import { call } from "../../sql/build.ts";
import { type RefusedFunction, type ScalarFunction, scalarFunction } from "../define.ts";

export const base64: readonly (ScalarFunction | RefusedFunction)[] = [
  scalarFunction({
    name: "base64_encode_tostring",
    aliases: ["base64_encodestring"],
    summary: "A text's bytes in base64.",
    signature: "base64_encode_tostring(text: string): string",
    nulls: "never",
    lower: { duckdb: (of) => call("to_base64", call("encode", of)) },
    examples: [['base64_encode_tostring("Kusto")', '"S3VzdG8="']],
  }),
  scalarFunction({
    name: "base64_decode_tostring",
    aliases: ["base64_decodestring"],
    summary: "The text that base64 holds; empty where it is no UTF-8.",
    signature: "base64_decode_tostring(text: string): string",
    lower: { duckdb: (of) => call("goshawk_base64_text", of) },
    examples: [
      ['base64_decode_tostring("S3VzdG8=")', '"Kusto"'],
      ['base64_decode_tostring("U3RyaW5n0KHR0tGA0L7Rh9C60LA=")', '""', "no UTF-8"],
    ],
  }),
  scalarFunction({
    name: "base64_decode_toarray",
    summary: "The bytes that base64 holds.",
    signature: "base64_decode_toarray(text: string): dynamic",
    lower: { duckdb: (of) => call("goshawk_base64_bytes", of) },
    examples: [['base64_decode_toarray("S3VzdG8=")', "dynamic([75,117,115,116,111])"]],
  }),
  scalarFunction({
    name: "base64_encode_fromarray",
    summary: "An array of bytes in base64; empty where an element is none.",
    signature: "base64_encode_fromarray(bytes: dynamic): string",
    lower: { duckdb: (of) => call("goshawk_base64_of_bytes", of) },
    examples: [["base64_encode_fromarray(dynamic([75,117,115,116,111]))", '"S3VzdG8="']],
  }),
  scalarFunction({
    name: "base64_decode_toguid",
    summary: "The guid whose 16 bytes base64 holds, the first three groups with their last byte first.",
    signature: "base64_decode_toguid(text: string): guid",
    lower: { duckdb: (of) => call("goshawk_base64_guid", of) },
    examples: [
      ['base64_decode_toguid("JpbpECu8dUy7Pv5gbeJXAA==")', "guid(10e99626-bc2b-4c75-bb3e-fe606de25700)"],
      ['base64_decode_toguid("abcd1231")', "guid(null)", "not 16 bytes"],
    ],
  }),
  scalarFunction({
    name: "base64_encode_fromguid",
    summary: "A guid's 16 bytes in base64.",
    signature: "base64_encode_fromguid(of: guid): string",
    lower: { duckdb: (of) => call("goshawk_base64_of_guid", of) },
    examples: [
      ['base64_encode_fromguid(toguid("ae3133f2-6e22-49ae-b06a-16e6a9b212eb"))', '"8jMxriJurkmwahbmqbIS6w=="'],
    ],
  }),
];
