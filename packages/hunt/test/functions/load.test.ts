import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StoredFunction } from "@goshawk/kql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadFunctions } from "../../src/functions/load.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-functions-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function load(name: string, text: string): ReturnType<typeof loadFunctions> {
  const path = join(folder, name);
  await writeFile(path, text);
  return loadFunctions([path]);
}

async function functionsIn(name: string, text: string): Promise<readonly StoredFunction[]> {
  return (await load(name, text)).functions;
}

const parser = `Parser:
  Title: DNS filtering parser
EquivalentBuiltInParser: _Im_Dns_Made
ParserName: vimDnsMade
ParserParams:
  - Name: starttime
    Type: datetime
    Default: datetime(null)
  - Name: domain_has_any
    Type: dynamic
    Default: dynamic([])
  - Name: eventtype
    Type: string
    Default: '*'
  - Name: disabled
    Type: bool
    Default: false
ParserQuery: |
  let parser = (disabled: bool = false) { DnsEvents | where not(disabled) };
  parser(disabled = disabled)
`;

describe("a parser's YAML", () => {
  it("is a function under each of its names, whose defaults are KQL and not YAML's values", async () => {
    const found = await functionsIn("vimDnsMade.yaml", parser);
    expect(found.map(({ name }) => name)).toEqual(["vimDnsMade", "_Im_Dns_Made"]);
    expect(found[0]?.parameters).toBe(
      '(starttime: datetime = datetime(null), domain_has_any: dynamic = dynamic([]), eventtype: string = "*", disabled: bool = false)',
    );
  });

  it("with a table as parameter keeps the table's columns", async () => {
    const text = `FunctionName: Enrich
FunctionParams:
  - Name: T:(TimeGenerated:datetime)
    Type: table
FunctionQuery: T | extend a = 1
`;
    const [found] = await functionsIn("enrich.yaml", text);
    expect(found?.parameters).toBe("(T: (TimeGenerated:datetime))");
  });

  it("that is a rule's and no function's is said, and the files beside it are read", async () => {
    await writeFile(join(folder, "rule.yaml"), "name: A rule\nquery: T\n");
    await writeFile(join(folder, "plain.kql"), "T | take 1\n");
    const { functions, files } = await loadFunctions([join(folder, "rule.yaml"), join(folder, "plain.kql")]);
    expect(functions.map(({ name }) => name)).toEqual(["plain"]);
    expect(files[0]?.problems[0]?.message).toContain("ParserName");
  });
});

describe("a .kql file", () => {
  it("of commands gives what these create, braces in texts and comments aside", async () => {
    const text = `.create-or-alter function with (folder = "a(b", docstring = 'x')
First(a: long, b: string = "}") { print a // }
}
.create function ifnotexists Second() { print "{" }
`;
    const found = await functionsIn("commands.kql", text);
    expect(found).toEqual([
      { name: "First", parameters: '(a: long, b: string = "}")', body: "{ print a // }\n}" },
      { name: "Second", parameters: "()", body: '{ print "{" }' },
    ]);
  });

  it("of one let statement gives the function that it declares", async () => {
    const found = await functionsIn("x.kql", "// about it\nlet Twice = (x: long) { x * 2 };\n");
    expect(found).toEqual([{ name: "Twice", parameters: "(x: long)", body: "{ x * 2 }" }]);
  });

  it("of anything else is the body of a function, called as the file is and as its first lines ask", async () => {
    const text = `// Paste below query in log analytics, click on Save button and select as Function by specifying
// function alias as StealthwatchEvent
let days = 7d;
Syslog | where TimeGenerated > ago(days)`;
    const found = await functionsIn("Stealth-watch.v2.kql", text);
    expect(found.map(({ name }) => name)).toEqual(["Stealth_watch_v2", "StealthwatchEvent"]);
    expect(found[1]?.parameters).toBe("()");
  });

  it("that is no KQL is a problem with the reason, not a function that fails later", async () => {
    const { functions, files } = await load("broken.kql", "T | where (");
    expect(functions).toEqual([]);
    expect(files[0]?.problems[0]?.message).toMatch(/'broken' can't be used/);
  });

  it("that defines a name again leaves it out and names both files", async () => {
    const again = join(folder, "again.kql");
    await writeFile(join(folder, "x.kql"), "let Twice = (x: long) { x * 2 };");
    await writeFile(again, "let Twice = (x: long) { x + x };");
    const { functions, files } = await loadFunctions([join(folder, "x.kql"), again]);
    expect(functions.filter(({ name }) => name === "Twice").map(({ body }) => body)).toEqual(["{ x * 2 }"]);
    expect(files[1]?.problems[0]?.message).toContain("x.kql");
  });
});
