import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadRules } from "../../src/rules/load.ts";
import type { Rule } from "../../src/rules/rule.ts";
import { misplaced } from "./support/places.ts";
import { folded, hasShared, readRecords } from "./support/shared.ts";

/** Its query text holds the entity mappings too: README of the collection, "wrong content". */
const swallowed = "UnfamiliarsignincorrelationwithPortalSigninandAuditlogs.yaml";

const records = readRecords();
const read = records.flatMap((record) => {
  const { yaml } = record;
  return yaml === undefined ? [] : [{ record, yaml, file: loadRules(yaml, record.path) }];
});
const rules = read.flatMap(({ record, yaml, file }) => file.rules.map((rule) => ({ record, yaml, rule })));
const ordinary = rules.filter(({ record, rule }) => rule.kind !== "query" && !record.path.endsWith(swallowed));

function differing(wrong: (rule: Rule, record: (typeof records)[number]) => boolean): readonly string[] {
  return ordinary.filter(({ record, rule }) => wrong(rule, record)).map(({ record }) => record.path);
}

describe.skipIf(!hasShared)("the rules of the collection", () => {
  it("load, or are named as the functions they are", () => {
    const named = read.filter(({ file }) => file.rules.length !== 1);
    expect(read).toHaveLength(1985);
    expect(named.map(({ record }) => record.format)).toEqual(Array(119).fill("sentinel-parser-yaml"));
    expect(new Set(named.flatMap(({ file }) => file.problems.map(({ code }) => code)))).toEqual(
      new Set(["function-not-rule"]),
    );
    expect(read.filter(({ file }) => file.problems.some(({ severity }) => severity === "error"))).toEqual([]);
  });

  it("keep their queries: only white space at the end of a file may differ from the record", () => {
    const changed = rules.filter(({ record, rule }) => folded(rule.query) !== folded(record.query));
    expect(changed.map(({ record }) => record.path.split("/").at(-1))).toEqual([swallowed]);
    const trimmed = rules.filter(({ record, rule }) => rule.query.trimEnd() !== record.query.trimEnd());
    expect(trimmed.map(({ record }) => record.path.split("/").at(-1))).toEqual([swallowed]);
  });

  it("have the facts that the record has", () => {
    expect(differing((rule, { name }) => rule.name !== name.trim())).toEqual([]);
    expect(differing((rule, { meta }) => !equal(rule.tactics, meta.tactics ?? []))).toEqual([]);
    expect(differing((rule, { meta }) => (rule.idOrigin === "file" ? rule.id : undefined) !== meta.ruleId)).toEqual([]);
    expect(differing((rule, { meta }) => rule.queryFrequency !== meta.queryFrequency)).toEqual([]);
    expect(differing((rule, { meta }) => rule.queryPeriod !== meta.queryPeriod)).toEqual([]);
    expect(differing((rule, { meta }) => rule.triggerThreshold !== meta.triggerThreshold)).toEqual([]);
    expect(differing((rule, { meta }) => rule.version !== meta.version)).toEqual([]);
    const connectors = (rule: Rule) => rule.connectors.map(({ connectorId }) => connectorId);
    expect(differing((rule, { meta }) => !equal(connectors(rule), meta.connectors))).toEqual([]);
    // One rule lists null as its only technique.
    const techniques = differing((rule, { meta }) => !equal(rule.techniques, meta.techniques ?? []));
    expect(techniques).toEqual(["Hunting Queries/BehaviorAnalytics/Anomalous RDP Activity.yaml"]);
  });

  it("lead every character of a query back to its place in the file", () => {
    expect(rules.filter(({ rule, yaml }) => misplaced(rule, yaml).length > 0).map(({ record }) => record.path)).toEqual(
      [],
    );
  });

  it("are not touched where they are sound: the text of a block stays what a YAML reader makes of it", () => {
    const others = rules.filter(
      ({ record }) => !record.repo.startsWith("jischell") && !record.path.endsWith(swallowed),
    );
    const changed = others.filter(({ rule, yaml }) => parse(yaml.replace("{{Title}}", "x")).query !== rule.query);
    expect(changed.map(({ record }) => record.path)).toEqual([]);
  });

  it("are offered mended wherever something was repaired, and then need no repair", () => {
    const repaired = read.filter(({ file }) => file.repairs.length > 0 && file.rules.length > 0);
    expect(repaired.filter(({ file }) => file.mended === undefined)).toEqual([]);
    for (const { record, file } of repaired) {
      const again = loadRules(file.mended ?? "", record.path);
      expect(again.repairs, record.path).toEqual([]);
      expect(again.rules[0]?.query, record.path).toBe(file.rules[0]?.query);
      expect(parse(file.mended ?? ""), record.path).toMatchObject({ query: file.rules[0]?.query });
    }
  });

  it("of the remote-management repository are each repaired at `dataTypes:` and both scalars", () => {
    const rmm = read.filter(({ record }) => record.repo === "jischell-msft/RemoteManagementMonitoringTools");
    // 168 in the repository, 39 of them held out.
    expect(rmm).toHaveLength(129);
    for (const { record, file } of rmm) {
      const codes = file.repairs.map(({ code, line, column }) => `${code} ${line}:${column}`);
      expect(
        codes.filter((code) => code === "column-of-the-dash 8:5"),
        record.path,
      ).toHaveLength(1);
      expect(
        codes.filter((code) => code.startsWith("scalar-list")),
        record.path,
      ).toHaveLength(2);
      expect(file.rules[0]?.connectors[0]?.dataTypes[0], record.path).toMatch(/^Device\w+$/);
      expect(file.rules[0]?.techniques, record.path).toEqual(["T1219"]);
    }
  });

  it("with odd contents are diagnosed as the collection describes them", () => {
    const said = read.flatMap(({ file }) => [...file.repairs.map((r) => r.code), ...file.problems.map((p) => p.code)]);
    const count = (code: string) => said.filter((other) => other === code).length;
    expect(count("swallowed-keys")).toBe(1);
    expect(count("unquoted-placeholder")).toBe(1);
    const severities = read.flatMap(({ file }) => file.repairs.filter(({ what }) => what.startsWith("the severity")));
    expect(severities.map(({ what }) => what).toSorted()).toEqual([
      "the severity 'Hight'",
      "the severity 'high'",
      "the severity 'high'",
    ]);
    const unknown = read.flatMap(({ file }) => file.problems.filter(({ code }) => code === "unknown-value"));
    expect(unknown.map(({ message }) => message)).toEqual([expect.stringContaining("'Test'")]);
    const kinds = read.flatMap(({ file }) => file.repairs.filter(({ what }) => what === "the kind 'scheduled'"));
    expect(kinds).toHaveLength(25);
  });
});

describe.skipIf(!hasShared)("the Markdown blocks of the collection", () => {
  it("load from a document, with the text of the block untouched", () => {
    const blocks = records.filter(({ format, meta }) => format === "markdown-block" && meta.part === undefined);
    const changed = blocks.filter(({ query }) => {
      const file = loadRules(`# Title\n\n## Sentinel\n\n\`\`\`\`kql\n${query}\n\`\`\`\`\n`, "page.md");
      return file.rules[0]?.query !== query;
    });
    expect(blocks.length).toBeGreaterThan(1000);
    expect(changed.map(({ path }) => path)).toEqual([]);
  });
});

describe.skipIf(!hasShared)("the KQL files of the collection", () => {
  const files = records.filter(({ format, meta }) => format === "kql-file" && meta.part === undefined);
  const withEnding = files.filter(({ path }) => /\.(kql|csl|txt|md)$/.test(path));

  it("load as one query each, with their text untouched", () => {
    const changed = withEnding.filter(({ query, path }) => {
      const { rules } = loadRules(query, path.replace(/\.\w+$/, ".kql"));
      return rules.length !== 1 || rules[0]?.query !== query;
    });
    expect(withEnding.length).toBeGreaterThan(1000);
    expect(changed.map(({ path }) => path)).toEqual([]);
  });

  it("are told from prose where they are called .txt", () => {
    const texts = withEnding.filter(({ path }) => path.endsWith(".txt"));
    const missed = texts.filter(({ query, path }) => loadRules(query, path).rules.length !== 1);
    expect(texts.length).toBeGreaterThan(100);
    expect(missed.map(({ path }) => path)).toEqual([]);
  });

  it("that are Markdown without an ending load as the Markdown they are", () => {
    const named = ["yellowcockatoo_powershell_create_link_in_startup", "0xFF-0508-Excessive_enumeration"];
    const markdown = files.filter(({ path }) => named.some((name) => path.includes(name)));
    expect(markdown.map(({ query, path }) => loadRules(query, path).format)).toEqual(["markdown", "markdown"]);
  });
});

function equal(left: readonly unknown[], right: readonly unknown[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
