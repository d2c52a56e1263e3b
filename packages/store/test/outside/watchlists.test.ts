import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readWatchlists } from "../../src/outside/watchlists.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-watchlists-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);

test("a CSV's header names the columns; quotes, commas and line ends in a cell are its text", async () => {
  await write("VIPUsers.csv", '\ufeffUser, Note\r\nana,"a, ""b""\nc"\r\nbo\r\n');
  const { tables, problems } = await readWatchlists(folder);
  expect(problems).toEqual([]);
  expect(tables).toEqual([
    { name: "_GetWatchlist('VIPUsers')", columns: ["User", "Note"], rows: [["ana", 'a, "b"\nc'], ["bo"]] },
  ]);
});

test("an array of objects has the columns of all of them, and ids of 64 bits keep their digits", async () => {
  await write("Ids.json", '[{"id": 9007199254740993, "tags": ["a"]}, {"name": null, "id": 2}]');
  const { tables } = await readWatchlists(folder);
  expect(tables[0]).toEqual({
    name: "_GetWatchlist('Ids')",
    columns: ["id", "tags", "name"],
    rows: [
      ["9007199254740993", '["a"]', ""],
      ["2", "", ""],
    ],
  });
});

test("a deployment template names its alias and its search key itself", async () => {
  const resource = {
    type: "Microsoft.OperationalInsights/workspaces/providers/Watchlists",
    properties: { watchlistAlias: "Hosts", itemsSearchKey: "Host", rawContent: "Os,Host\nLinux,a\nWindows,b\n" },
  };
  await write("azuredeploy.json", JSON.stringify({ resources: [resource] }));
  const { tables } = await readWatchlists(folder);
  expect(tables[0]).toEqual({
    name: "_GetWatchlist('Hosts')",
    columns: ["SearchKey", "Os", "Host"],
    rows: [
      ["a", "Linux", "a"],
      ["b", "Windows", "b"],
    ],
  });
});

test("a file that can't be read, or that has another's name, is a problem, and the others are there", async () => {
  await write("A.csv", "x\n1\n");
  await write("A.json", '[{"x": "2"}]');
  await write("B.json", "{");
  const { tables, problems } = await readWatchlists(folder);
  expect(tables.map(({ rows }) => rows)).toEqual([[["1"]]]);
  expect(problems.map(({ file }) => file.slice(folder.length + 1))).toEqual(["A.json", "B.json"]);
});
