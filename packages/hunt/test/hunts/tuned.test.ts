import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Backend, startWorkerBackend } from "@goshawk/engine";
import { parseDatetime } from "@goshawk/kql";
import { catalogueTable, openStore, schemasModule } from "@goshawk/store";
import { ingest } from "@goshawk/store/ingest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Exclusion,
  failedSamples,
  hiddenRows,
  huntEntryOf,
  loadRules,
  type Rule,
  type RuleAnswer,
  reportOf,
  reportPage,
  runHunt,
  sameAnswers,
  type TableCoverage,
  tunedForms,
  tunedText,
  watchlistCsv,
  watchlisted,
} from "../../src/index.ts";

const NOW = parseDatetime("2026-03-10T00:00:00Z") ?? 0n;

/** Certificates of six devices; the file of d3 was written by an installer, d5 has no hash. */
const certificates = ["d1", "d1", "d2", "d3", "d4", "d5"].map((device, index) => ({
  Timestamp: `2026-03-0${index + 1}T00:00:00Z`,
  DeviceId: device,
  DeviceName: device === "d4" ? "" : `${device}.example.test`,
  SHA1: device === "d5" ? "" : `hash-${device}`,
  Signer: "Action1 Corporation",
  ...(index === 0 ? {} : { IsTrusted: index === 1 }),
}));
const files = [
  { Timestamp: "2026-03-04T00:00:00Z", DeviceId: "d3", SHA1: "hash-d3", InitiatingProcessFileName: "msiexec.exe" },
  { Timestamp: "2026-03-04T00:00:00Z", DeviceId: "d5", SHA1: "", InitiatingProcessFileName: "msiexec.exe" },
  { Timestamp: "2026-01-01T00:00:00Z", DeviceId: "d2", SHA1: "hash-d2", InitiatingProcessFileName: "msiexec.exe" },
];

let folder = "";
let stored: ReadonlyMap<string, TableCoverage> = new Map();
let backend: Backend;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-tuned-"));
  const store = await openStore(join(folder, "store"));
  for (const [name, rows] of Object.entries({ DeviceFileCertificateInfo: certificates, DeviceFileEvents: files })) {
    const path = join(folder, `${name}.jsonl`);
    await writeFile(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    await ingest([path], { store, table: name });
  }
  const { tables } = await store.snapshot();
  stored = new Map(tables.map((table) => [table.name, table]));
  backend = startWorkerBackend({ tables, schemas: schemasModule, folders: [store.folder], threads: 1 });
});
afterAll(async () => {
  await backend.close();
  await rm(folder, { recursive: true, force: true });
});

const perDevice = ruleOf(
  "DeviceFileCertificateInfo | where Signer has 'Action1' | summarize Count=count() by DeviceId",
);

function ruleOf(query: string): Rule {
  const [rule] = loadRules(query, "rule.kql").rules;
  if (rule === undefined) throw new Error("no rule");
  return rule;
}

function exclusion(id: string, when: string, more: Partial<Exclusion> = {}): Exclusion {
  return {
    id,
    scenario: "a scenario",
    rules: "any",
    table: "DeviceFileCertificateInfo",
    meaning: "drop",
    when,
    owner: "owner",
    reason: "reason",
    created: "2026-03-01",
    expires: "2026-06-01",
    samples: { hidden: [], survive: [] },
    path: "some.yaml",
    position: { line: 1, column: 1 },
    ...more,
  };
}

async function hunt(rule: Rule, ...exclusions: readonly Exclusion[]): Promise<RuleAnswer> {
  const options = { now: NOW, stored, today: "2026-03-10", eventTime: () => "Timestamp", exclusions };
  const [outcome] = await runHunt([rule], backend, options);
  if (outcome === undefined || !("findings" in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome;
}

const entities = (answer: RuleAnswer): readonly string[] => answer.findings.map(({ entity }) => entity).sort();
const hidden = (answer: RuleAnswer): readonly string[] =>
  (answer.tuning?.suppressed ?? []).map(({ finding, by }) => `${finding.entity} by ${by.join()}`).sort();

describe("exclusions in a hunt", () => {
  test("what one hides is kept and attributed, the rest is found", async () => {
    const answer = await hunt(perDevice, exclusion("one", "DeviceId == 'd2'"));
    expect(entities(answer)).toEqual(["d1", "d3", "d4", "d5"]);
    expect(hidden(answer)).toEqual(["d2 by one"]);
  });

  test("a condition that is null for a row drops nothing, and keeps nothing", async () => {
    expect(hidden(await hunt(perDevice, exclusion("one", "IsTrusted == false")))).toHaveLength(4);
    const oneRow = await hunt(
      ruleOf("DeviceFileCertificateInfo | where isnull(IsTrusted) | project DeviceId"),
      exclusion("one", "IsTrusted"),
    );
    expect([entities(oneRow), hidden(oneRow)]).toEqual([["d1"], []]);
    const kept = await hunt(perDevice, exclusion("one", "IsTrusted", { meaning: "keep" }));
    expect(entities(kept)).toEqual(["d1"]);
    expect(kept.tuning?.weakened).toBe(1);
  });

  test("evidence of another table hides what it is tied to: not what has no key, not what it is too old for", async () => {
    const evidence = { table: "DeviceFileEvents", on: ["DeviceId", "SHA1"], lookback: "30d" };
    const when = "InitiatingProcessFileName =~ 'msiexec.exe'";
    expect(hidden(await hunt(perDevice, exclusion("one", when, { evidence })))).toEqual(["d3 by one"]);
    expect(entities(await hunt(perDevice, exclusion("one", when, { evidence, meaning: "keep" })))).toEqual(["d3"]);
    const older = { ...evidence, lookback: "90d" };
    expect(hidden(await hunt(perDevice, exclusion("one", when, { evidence: older })))).toEqual([
      "d2 by one",
      "d3 by one",
    ]);
  });

  test("evidence that is not there, or too old, makes no 'keep' hide everything", async () => {
    const when = "InitiatingProcessFileName =~ 'msiexec.exe'";
    for (const [table, lookback] of [
      ["DeviceImageLoadEvents", "30d"],
      ["DeviceFileEvents", "1d"],
    ] as const) {
      const evidence = { table, on: ["DeviceId", "SHA1"], lookback };
      const answer = await hunt(perDevice, exclusion("one", when, { evidence, meaning: "keep" }));
      expect(entities(answer)).toHaveLength(5);
      expect(answer.tuning?.broken[0]?.reasons[0]).toMatch(table);
    }
  });

  test("all hidden where a table could not be searched is not clean", async () => {
    const rule = ruleOf("union DeviceFileCertificateInfo, DeviceInfo | where Signer has 'Action1' | project DeviceId");
    const answer = await hunt(rule, exclusion("one", "true"));
    expect([answer.kind, answer.findings.length]).toEqual(["could-not-look", 0]);
    expect((await hunt(perDevice, exclusion("one", "true"))).kind).toBe("clean");
  });

  test("two that hide the same finding both answer for it; two that need each other do, too", async () => {
    const both = await hunt(perDevice, exclusion("a", "DeviceId in ('d2', 'd3')"), exclusion("b", "DeviceId == 'd2'"));
    expect(hidden(both)).toEqual(["d2 by a,b", "d3 by a"]);
    expect(both.tuning?.effects.map(({ hides, hidesAlone }) => [hides, hidesAlone])).toEqual([
      [2, 1],
      [1, 0],
    ]);
    const halves = await hunt(
      perDevice,
      exclusion("a", "DeviceId == 'd1' and Timestamp < datetime(2026-03-02)"),
      exclusion("b", "DeviceId == 'd1' and Timestamp >= datetime(2026-03-02)"),
    );
    expect(hidden(halves)).toEqual(["d1 by a,b"]);
  });

  test("one says for how many rows there is evidence at all, whatever its condition", async () => {
    const evidence = { table: "DeviceFileEvents", on: ["DeviceId", "SHA1"], lookback: "30d" };
    const never = {
      ...exclusion("one", "InitiatingProcessFileName == 'none'", { evidence }),
      meaning: "drop" as const,
    };
    const columnsOf = (): undefined => undefined;
    const options = { now: NOW, eventTime: () => "Timestamp", columnsOf };
    expect(await hiddenRows(never, backend, options)).toMatchObject({ rows: 0, withEvidence: 1, of: 6 });
  });

  test("one is not applied to an answer of which only the first rows were taken", async () => {
    const options = { now: NOW, stored, today: "2026-03-10", eventTime: () => "Timestamp", rowLimit: 2 };
    const [outcome] = await runHunt([perDevice], backend, { ...options, exclusions: [exclusion("one", "true")] });
    if (outcome === undefined || !("findings" in outcome)) throw new Error("no answer");
    expect(outcome.findings).toHaveLength(2);
    expect(outcome.tuning?.broken).toMatchObject([{ reasons: [expect.stringMatching(/first 2 rows/)] }]);
  });

  test("one that can't be applied leaves every finding, and is named", async () => {
    const answer = await hunt(perDevice, exclusion("good", "DeviceId == 'd2'"), exclusion("bad", "DeviceIdd == 'd2'"));
    expect(entities(answer)).toEqual(["d1", "d2", "d3", "d4", "d5"]);
    expect(answer.tuning?.broken.map((item) => item.exclusion.id)).toEqual(["bad"]);
  });

  test("one that would hide what somebody called a true positive is not applied", async () => {
    const [finding] = (await hunt(perDevice)).findings.filter(({ entity }) => entity === "d2");
    const options = { now: NOW, stored, today: "2026-03-10", eventTime: () => "Timestamp" };
    const [outcome] = await runHunt([perDevice], backend, {
      ...options,
      exclusions: [exclusion("one", "DeviceId in ('d2', 'd3')"), exclusion("two", "DeviceId == 'd1'")],
      truePositives: new Set([finding?.id ?? ""]),
    });
    if (outcome === undefined || !("findings" in outcome)) throw new Error("no answer");
    expect(outcome.findings).toHaveLength(5);
    expect(outcome.tuning?.broken).toMatchObject([
      { exclusion: { id: "one" }, reasons: [expect.stringMatching(/d2/)] },
    ]);
  });

  test.each([
    ["expired", exclusion("one", "true", { expires: "2026-03-10" })],
    ["a draft", (({ meaning: _, ...rest }) => rest)(exclusion("one", "true"))],
  ])("one that is %s hides nothing, and is said to be idle", async (_, idle) => {
    const answer = await hunt(perDevice, idle);
    expect(entities(answer)).toHaveLength(5);
    expect(answer.tuning?.idle).toHaveLength(1);
  });

  test.each([
    ["by a wildcard", "union DeviceFileCert*", 6],
    ["by its name and beside it", "union DeviceFileCertificateInfo, table('DeviceFileCertificateInfo')", 12],
  ])("one whose table the rule reads %s is not applied, and said to be so", async (_, source, found) => {
    const rule = ruleOf(`${source} | where Signer has 'Action1' | project DeviceId`);
    const answer = await hunt(rule, exclusion("one", "DeviceId == 'd2'"));
    expect(answer.findings).toHaveLength(found);
    expect(answer.tuning?.idle).toMatchObject([{ state: "unreached" }]);
  });

  test("one that was not applied is not reported as one whose table no rule reads", async () => {
    const wild = ruleOf("union DeviceFileCert* | where Signer has 'Action1' | project DeviceId");
    const [sound, broken] = [exclusion("sound", "DeviceId == 'd2'"), exclusion("broken", "NoSuchColumn == 1")];
    for (const [rule, exclusions, why] of [
      [wild, [sound], "by a wildcard or a function"],
      [perDevice, [sound, broken], "another exclusion was refused there"],
    ] as const) {
      const setting = { id: "h", at: "2026-03-10T00:00:00Z", by: "me", title: "", hypotheses: [] };
      const entry = huntEntryOf([await hunt(rule, ...exclusions)], {
        ...setting,
        exclusions,
        today: "2026-03-10",
        knownQuery: () => undefined,
      });
      const page = reportPage(reportOf([entry], entry), "2026-03-12T00:00:00.000Z");
      expect(page).not.toContain("None of the rules of this hunt reads its table");
      expect(page).toContain(why);
    }
  });

  test("one for another rule, or for a table that the rule does not read, is none of its business", async () => {
    const others = [exclusion("a", "true", { rules: ["other"] }), exclusion("b", "true", { table: "DeviceInfo" })];
    expect((await hunt(perDevice, ...others)).tuning).toBeUndefined();
  });
});

describe("a tuned rule as text", () => {
  const evidence = { table: "DeviceFileEvents", on: ["DeviceId", "SHA1"], lookback: "30d" };
  const cases: readonly (readonly [string, readonly Exclusion[], number])[] = [
    ["a condition that is null for a row drops nothing", [exclusion("a", "IsTrusted == false")], 1],
    ["what must be kept", [exclusion("a", "IsTrusted", { meaning: "keep" })], 1],
    ["evidence that drops", [exclusion("a", "InitiatingProcessFileName =~ 'msiexec.exe'", { evidence })], 4],
    ["evidence that keeps", [exclusion("a", "FileName == ''", { evidence, meaning: "keep" })], 1],
    ["two together", [exclusion("a", "DeviceId == 'd2' // no"), exclusion("b", "DeviceId == 'd1'")], 3],
  ];
  test.each(cases)("answers as the hunt does, in each form: %s", async (_, exclusions, left) => {
    const { table } = await hunt(perDevice, ...exclusions);
    expect(table.rows).toHaveLength(left);
    for (const form of tunedForms) {
      const text = tunedText(perDevice, exclusions, form, () => "Timestamp") ?? expect.fail();
      const outcome = await backend.query({ text, now: NOW });
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.diagnostics));
      expect(sameAnswers(outcome.table, table), form).toBe(true);
    }
  });

  test("keeps the rule's own text whole, and is not made where the text does not name the table", () => {
    const text = tunedText(perDevice, [exclusion("a", "true")], "let", () => "Timestamp");
    expect(text?.endsWith(perDevice.query)).toBe(true);
    const wild = ruleOf("union Device*Info | where DeviceId == 'x'");
    expect(tunedText(wild, [exclusion("a", "true")], "inline", () => "Timestamp")).toBeUndefined();
  });

  test("a reason can't end its comment and run as KQL", () => {
    const hostile = exclusion("a", "true", { reason: "x\n| take 0\u2028; y", owner: "me\r\nT" });
    const comments = tunedText(perDevice, [hostile], "inline", () => "Timestamp")?.split("DeviceFileCert")[0] ?? "";
    expect(comments.split(/[\r\n\u2028\u2029\u0085]/).filter((line) => line !== "" && !line.startsWith("//"))).toEqual([
      "(",
    ]);
  });

  test("an exclusion that is a list of values becomes a watchlist with each value as it is", () => {
    const list = watchlisted(exclusion("known", `DeviceId in ('d1', '=d"2') or DeviceId == 'd3'`));
    expect(list?.exclusion.when).toBe("DeviceId in ((_GetWatchlist('known') | project DeviceId))");
    expect(list && watchlistCsv(list)).toBe('"DeviceId"\r\n"d1"\r\n"=d""2"\r\n"d3"\r\n');
    expect(watchlisted(exclusion("a", "DeviceId == 'd1' and SHA1 == 'x'"))).toBeUndefined();
    expect(watchlisted(exclusion("a", "DeviceId == 'd1' or DeviceId =~ 'D2'"))).toBeUndefined();
  });
});

describe("samples of an exclusion", () => {
  const evidence = { table: "DeviceFileEvents", on: ["DeviceId", "SHA1"], lookback: "5d" };
  const samples = {
    hidden: [{ event: { DeviceId: "a", SHA1: "h" }, evidence: [{ DeviceId: "a", SHA1: "h", FileName: "x" }] }],
    survive: [
      { event: { DeviceId: "a", SHA1: "h" }, evidence: [{ DeviceId: "b", SHA1: "h", FileName: "x" }] },
      { event: { DeviceId: "a", SHA1: "h" }, evidence: [] },
    ],
  };
  const options = {
    now: NOW,
    eventTime: () => "Timestamp",
    columns: (name: string) => catalogueTable(name)?.columns ?? [],
  };

  test("that come out as said are in order, with evidence and without", async () => {
    const item = exclusion("one", "FileName == 'x'", { evidence, samples });
    expect(await failedSamples({ ...item, meaning: "drop" }, backend, options)).toEqual([]);
  });

  test("that come out otherwise, or name no column, are told", async () => {
    const wrong = {
      hidden: [{ event: { DeviceId: "b" }, evidence: [] }],
      survive: [{ event: { Devic: 1 }, evidence: [] }],
    };
    const item = { ...exclusion("one", "DeviceId == 'a'", { samples: wrong }), meaning: "drop" as const };
    const failed = await failedSamples(item, backend, options);
    expect(failed).toMatchObject(
      [
        { list: "hidden", number: 1, message: /not hidden/ },
        { list: "survive", number: 1, message: /no column 'Devic'/ },
      ].map((want) => ({ ...want, message: expect.stringMatching(want.message) })),
    );
  });
});
