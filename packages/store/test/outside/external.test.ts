import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { ExternalRows, ReadExternal } from "@goshawk/engine/duckdb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openExternal } from "../../src/outside/external.ts";

let folder = "";
let read: ReadExternal = async () => ({ kind: "rows", rows: [] });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-external-"));
  const files = join(folder, "files", "data.example", "feeds");
  await mkdir(files, { recursive: true });
  await writeFile(join(folder, "secret.csv"), "s,1\n");
  await symlink(join(folder, "secret.csv"), join(files, "link.csv"));
  await writeFile(join(files, "a b.csv"), 'Name,Count\n"x, y",1\nz\n');
  await writeFile(join(files, "list.txt.gz"), gzipSync("one, 1\r\n\r\ntwo\r\n"));
  await writeFile(join(files, "c.json"), '[{"id": 9007199254740993, "in": {"a b": [1, "deep"]}}, {"id": null}]');
  await writeFile(join(files, "lines.json"), '{"id": 1}\n{"id": 2}\n');
  await writeFile(join(files, "q.csv?sv=1"), "q\n");
  read = openExternal({
    folders: [join(folder, "files")],
    hosts: ["allowed.example"],
    workFolder: join(folder, "tmp"),
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Wanted {
  readonly format?: string;
  readonly skip?: boolean;
  readonly columns?: readonly { readonly name: string; readonly path?: string }[];
}

const file = (path: string, { format = "csv", skip = false, columns }: Wanted = {}): Promise<ExternalRows> =>
  read({
    uri: path.includes("://") ? path : `https://data.example/feeds/${path}`,
    format,
    ignoreFirstRecord: skip,
    ignoreLastRecord: false,
    columns: columns ?? [{ name: "a" }, { name: "b" }],
  });

test.each<[string, string, Wanted, readonly (readonly string[])[]]>([
  [
    "fields by position, short rows filled, the first record left out",
    "a%20b.csv",
    { skip: true },
    [
      ["x, y", "1"],
      ["z", ""],
    ],
  ],
  ["whole lines of a compressed text", "list.txt.gz", { format: "txt" }, [["one, 1"], ["two"]]],
  [
    "fields by the number that the mapping gives",
    "a%20b.csv",
    { skip: true, columns: [{ name: "n", path: "1" }] },
    [["1"], [""]],
  ],
  [
    "properties by path, numbers with all their digits",
    "c.json",
    { format: "multijson", columns: [{ name: "id" }, { name: "d", path: "$.in['a b'][1]" }] },
    [
      ["9007199254740993", "deep"],
      ["", ""],
    ],
  ],
  ["a JSON object a line", "lines.json", { format: "json", columns: [{ name: "id" }] }, [["1"], ["2"]]],
  ["a file whose address has a query", "q.csv?sv=1", { columns: [{ name: "a" }] }, [["q"]]],
])("%s", async (_about, path, wanted, rows) => {
  expect(await file(path, wanted)).toEqual({ kind: "rows", rows });
});

test.each([
  ["no copy and no leave to ask", "none.csv", "data.example may not be asked"],
  ["a link that leads out of the folder", "link.csv", "data.example may not be asked"],
  ["a path that climbs out of the folder", "https://data.example/%2e%2e/%2e%2e/secret.csv", "may not be asked"],
  ["a path with an encoded separator", "https://data.example/..%2f..%2fsecret.csv", "may not be asked"],
  ["an address of this machine's files", "file:///etc/passwd", "no web address"],
  ["a host that is allowed, without encryption", "http://allowed.example/x.csv", "only https"],
])("could not look: %s", async (_about, path, reason) => {
  const answer = await file(path);
  expect(answer.kind === "absent" ? answer.reason : answer).toContain(reason);
});

test("could not look: a format that is not read, and JSON that is none, say so", async () => {
  expect(await file("a%20b.csv", { format: "orc" })).toMatchObject({
    kind: "absent",
    reason: "its format 'orc' is not read",
  });
  expect(await file("a%20b.csv", { format: "json" })).toMatchObject({ kind: "absent", reason: "record 1 is no JSON" });
});
