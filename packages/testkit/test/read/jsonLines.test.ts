import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { jsonLines } from "../../src/read/jsonLines.ts";
import { temporaryFolder } from "./temporary.ts";

async function values(content: string | Buffer, name: string): Promise<readonly unknown[]> {
  const folder = await temporaryFolder({ [name]: content });
  const found: unknown[] = [];
  for await (const { value } of jsonLines(join(folder, name))) found.push(value);
  return found;
}

test("a raw U+2028 inside a string does not end the line", async () => {
  expect(await values('"a\u2028b"\n"c"', "x.jsonl")).toEqual(["a\u2028b", "c"]);
});

test("a character that two chunks share is not broken", async () => {
  const long = "é€😀".repeat(40_000);
  expect(await values(`${JSON.stringify(long)}\r\n\n`, "x.jsonl")).toEqual([long]);
  expect(await values(gzipSync(JSON.stringify(long)), "x.jsonl.gz")).toEqual([long]);
});

test("a line that is no JSON is named by file and line", async () => {
  await expect(values('1\n{"cut', "x.jsonl")).rejects.toThrow(/x\.jsonl:2: not a JSON line/);
});

test("a gzip that is cut off does not pass for a short file", async () => {
  const whole = gzipSync(`"${"ab".repeat(1000)}"\n`);
  await expect(values(whole.subarray(0, whole.length - 12), "x.jsonl.gz")).rejects.toThrow(/cannot be read to its end/);
});

test("a missing file is an error, gzipped or not", async () => {
  const folder = await temporaryFolder({});
  await expect(jsonLines(join(folder, "no.jsonl")).next()).rejects.toThrow(/no\.jsonl/);
  await expect(jsonLines(join(folder, "no.jsonl.gz")).next()).rejects.toThrow(/no\.jsonl/);
});
