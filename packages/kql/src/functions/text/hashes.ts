import type { SqlExpr } from "../../sql/ast.ts";
import { call, cast } from "../../sql/build.ts";
import {
  type Lowering,
  type OverloadRow,
  type RefusedFunction,
  refusedFunction,
  type ScalarFunction,
  scalarFunction,
  unsupported,
} from "../define.ts";

function digest(name: string, sql: string): ScalarFunction {
  return scalarFunction({
    name,
    summary: "The digest of a value's text, in hexadecimal digits.",
    signature: `${name}(value: string): string`,
    nulls: "never",
    lower: { duckdb: (of) => call(sql, of) },
  });
}

const unknownBytes = "which bytes of this type Kusto hashes is documented nowhere; tostring() it first";
const unknownMix = "how Kusto puts hashes together is documented nowhere; take hash(strcat(...)) of the values";

const asText = (type: string): OverloadRow => ({
  signature: `hash(value: ${type}, mod?: long): long`,
  lower: { duckdb: hashBy("goshawk_hash_text", (of) => of) },
});
const asLong = (type: string): OverloadRow => ({
  signature: `hash(value: ${type}, mod?: long): long`,
  lower: { duckdb: hashBy("goshawk_hash_long", (of) => cast(of, "BIGINT")) },
});
const refused = (type: string): OverloadRow => ({
  signature: `hash(value: ${type}, mod?: long): long`,
  lower: { duckdb: unsupported(unknownBytes) },
});

function hashBy(host: string, bytes: (of: SqlExpr) => SqlExpr): Lowering {
  return (of, mod) => {
    const value = bytes(of);
    return mod === undefined ? call(host, value) : call(`${host}_mod`, value, cast(mod, "BIGINT"));
  };
}

export const hashes: readonly (ScalarFunction | RefusedFunction)[] = [
  digest("hash_md5", "md5"),
  digest("hash_sha1", "sha1"),
  digest("hash_sha256", "sha256"),
  scalarFunction({
    name: "hash",
    aliases: ["hash_xxhash64"],
    summary: "The xxhash64 of a value; with `mod`, its remainder as an unsigned number.",
    approximate: "long and timespan as datetime is: by the eight bytes of their number; other types are refused",
    overloads: [
      asText("string"),
      ...["datetime", "timespan", "long"].map(asLong),
      ...["int", "bool", "real", "decimal", "guid", "dynamic"].map(refused),
    ],
    examples: [
      ['hash("World")', "1846988464401551951"],
      ['hash("World", 100)', "51"],
      ["hash_xxhash64(datetime(2015-01-01))", "1380966698541616202"],
    ],
  }),
  refusedFunction("hash_many", unknownMix),
  refusedFunction("hash_combine", unknownMix),
  ...["__hash_crc32", "__hash_djb2", "__hash_xxh64", "__hash_many_crc32"].map((name) =>
    refusedFunction(name, "it is hidden, and what it answers is documented nowhere"),
  ),
];
