import { describe, expect, it } from "vitest";
import { loadRules } from "../../../src/rules/load.ts";
import { misplaced } from "../support/places.ts";
import { problemsOf } from "../support/yaml.ts";

const document = [
  "# Remote tools",
  "",
  "Some prose | with a pipe.",
  "",
  "## Defender XDR ##",
  "```kql",
  "DeviceProcessEvents",
  "| take 1",
  "```",
  "Sentinel",
  "--------",
  "1. a list",
  "   ~~~ Kusto title=x",
  "   SecurityEvent",
  "     | take 2",
  "   ```",
  "   ~~~~",
  "```",
  "SecurityEvent | where EventID == 4688",
  "```",
  "```c#",
  "var x = 1;",
  "```",
  "```powershell",
  "Get-Process | where Name",
  "```",
  "```kql",
  "```",
].join("\n");

describe("a Markdown document", () => {
  const file = loadRules(document, "docs/tools.md");

  it("gives one rule for each block of KQL, named for title and nearest heading", () => {
    expect(file.rules.map(({ name, query }) => [name, query])).toEqual([
      ["Remote tools - Defender XDR", "DeviceProcessEvents\n| take 1"],
      ["Remote tools - Sentinel", "SecurityEvent\n  | take 2\n```"],
      ["Remote tools - Sentinel (2)", "SecurityEvent | where EventID == 4688"],
    ]);
    expect(file.rules.map(({ kind, part }) => [kind, part])).toEqual([
      ["query", 1],
      ["query", 2],
      ["query", 3],
    ]);
    expect(new Set(file.rules.map(({ id }) => id)).size).toBe(3);
  });

  it("leads every character of a block back to the document", () => {
    expect(file.rules.flatMap((rule) => misplaced(rule, document))).toEqual([]);
    const windows = document.replaceAll("\n", "\r\n");
    const other = loadRules(windows, "docs/tools.md");
    expect(other.rules.flatMap((rule) => misplaced(rule, windows))).toEqual([]);
    expect(other.rules[0]?.query).toBe("DeviceProcessEvents\r\n| take 1");
  });

  it("with a block that is never closed says so and reads it to the end", () => {
    const open = loadRules("# A\n\n```kusto\nT\n| take 1\n", "a.md");
    expect(open.rules[0]?.query).toBe("T\n| take 1");
    expect(problemsOf(open)).toEqual(["unclosed-fence 3:1"]);
  });

  it("without KQL is no rule, and no error", () => {
    const none = loadRules("# A\n\n```json\n{}\n```\n", "README.md");
    expect(none).toMatchObject({ rules: [], problems: [{ code: "no-rule", severity: "warning" }] });
  });

  it("without a heading is named for its file", () => {
    expect(loadRules("```kql\nT\n```\n", "x/hunt one.md").rules[0]?.name).toBe("hunt one");
  });
});
