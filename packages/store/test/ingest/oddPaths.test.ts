import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ingest } from "../../src/ingest/ingest.ts";
import { openStore } from "../../src/store/store.ts";
import { compact, verify } from "../../src/upkeep/index.ts";
import { ask, tidy, workshop } from "../temporary.ts";

afterAll(tidy);

test.each(["csv", "ndjson"])(
  "a %s whose name looks like a pattern is read alone, not with the files that it matches",
  async (kind) => {
    const { file, ingest, rows } = await workshop();
    const line = (value: string): string => (kind === "csv" ? `value\n${value}\n` : `{"value":"${value}"}\n`);
    await file(`odd/w1/ab.${kind}`, line("other"));
    await file(`odd/w1/a1.${kind}`, line("other"));
    const named = [
      await file(`odd/w[1]/a*.${kind}`, line("star")),
      await file(`odd/w[1]/a?.${kind}`, line("question")),
      await file(`odd/w1/a[1].${kind}`, line("bracket")),
      await file(`odd/100% 'quoted'\n"é"{a,b}$~;--.${kind}`, line("quotes")),
    ];
    const report = await ingest(named, { table: "Odd_CL" });
    expect(report.failed).toEqual([]);
    expect((await rows("Odd_CL | project value | order by value asc")).flat()).toEqual([
      "bracket",
      "question",
      "quotes",
      "star",
    ]);
  },
);

test("folders called <column>=<value> say nothing of the rows in their files", async () => {
  const { file, ingest, rows } = await workshop();
  const paths = [
    await file("DeviceName=wrong/m=07/a.csv", "DeviceName\na\n"),
    await file("DeviceName=wrong/m=07/b.ndjson", '{"DeviceName":"b"}\n'),
    await file("DeviceName=wrong/m=07/c.json", '[{"DeviceName":"c"}]'),
  ];
  expect((await ingest(paths, { table: "Seen_CL" })).failed).toEqual([]);
  expect(await rows("Seen_CL | project DeviceName | order by DeviceName asc")).toEqual([["a"], ["b"], ["c"]]);
});

test("a store stands in a folder of any name", async () => {
  const { folder, file } = await workshop();
  const store = await openStore(join(folder, "name=wrong/s[1]*?"));
  const twin = await openStore(join(folder, "name=wrong/s1aa"));
  const [one, two] = [await file("one.csv", "name,n\nright,1\n"), await file("two.csv", "name,n\nright,2\n")];
  await ingest([one, two], { store, table: "T_CL" });
  await ingest([await file("x.csv", "name,n\nright,9\n")], { store: twin, table: "T_CL" });
  const expected = [
    ["right", "1"],
    ["right", "2"],
  ];
  expect((await ask(store, "T_CL | project name, n | order by n asc")).rows).toEqual(expected);
  expect((await verify({ store })).damaged).toEqual([]);
  expect((await compact({ store, graceMs: 0 })).merged).toHaveLength(1);
  expect((await ask(store, "T_CL | project name, n | order by n asc")).rows).toEqual(expected);
});

test("a name that ends in .gz or .zst is no proof that a file is packed", async () => {
  const { take } = await workshop();
  expect((await take("unpacked.csv.gz", "a,b\n1,2\n3,4\n")).rows).toBe(2);
  expect((await take("unpacked.json.zst", '{"a":1}\n{"a":2}\n{"a":3}\n')).rows).toBe(3);
});
