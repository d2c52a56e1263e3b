import { describe, expect, test } from "vitest";
import {
  factsIn,
  type HuntEntry,
  historyOf,
  huntEntryOf,
  type JournalEntry,
  loadRules,
  navigatorLayer,
  type RunEntry,
  sentinelBookmarks,
  stixSightings,
} from "../../../src/index.ts";

const rule = { id: "r", name: "a rule", techniques: ["T1219", "T1059.001", "T12"] };

const hunt: HuntEntry = {
  kind: "hunt",
  id: "h",
  at: "2026-03-10T10:00:00.000Z",
  by: "me",
  title: "a hunt",
  hypotheses: [],
  rules: [
    {
      ...rule,
      description: "",
      tactics: ["CommandAndControl"],
      outcome: "findings",
      findings: 2,
      suppressed: 0,
      searched: [],
      missing: [],
      tooOld: [],
      earliest: "2026-03-05T00:00:00.0000000Z",
      milliseconds: 1,
      query: "T | take 2",
    },
  ],
  tables: [],
  exclusions: [],
};

const entities = [
  { type: "Host", identifier: "HostName", value: "d1" },
  { type: "IP", identifier: "Address", value: "198.51.100.3" },
  { type: "IP", identifier: "Address", value: "no address" },
  { type: "FileHash", identifier: "Value", value: "CEAFBFD424BE2CA4A5F0402CAE090DDA2FB0526CF521B60B60077C0F622B285A" },
  { type: "Process", identifier: "CommandLine", value: "a.exe" },
];

function run(at: string, ids: readonly string[], more: Partial<RunEntry> = {}): RunEntry {
  return {
    kind: "run",
    at,
    by: "me",
    hunt: "h",
    rule,
    now: "2026-03-10T00:00:00.0000000Z",
    looked: "runs",
    seen: ids.map((id) => ({
      id,
      entity: "d1",
      entities,
      first: "2026-03-09T00:00:00.1234567Z",
      last: "2026-03-09T01:00:00.0000000Z",
      rows: 1,
      count: "7",
      evidence: [["Column", "value"]],
      suppressedBy: [],
    })),
    ...more,
  };
}

const [one, two] = ["2026-03-10T10:00:00.000Z", "2026-03-11T10:00:00.000Z"];
const decided: JournalEntry = { kind: "decision", at: two, by: "ana", ids: ["a"], verdict: "benign", tags: ["x", "y"] };
const entries: readonly JournalEntry[] = [hunt, run(one, ["a", "b"]), decided];

type Loose = Readonly<Record<string, unknown>>;

describe("findings for other tools", () => {
  test("a Navigator layer scores a technique by its findings, and leaves out what is no technique", () => {
    const layer = navigatorLayer(factsIn(entries), "x") as { readonly techniques: readonly Loose[] };
    expect(layer).toMatchObject({ versions: { layer: "4.5" }, domain: "enterprise-attack" });
    expect(layer.techniques.map(({ techniqueID, score }) => [techniqueID, score])).toEqual([
      ["T1059.001", 2],
      ["T1219", 2],
    ]);
  });

  test("STIX objects have the properties that the specification requires, references that resolve, and no shared UUID", () => {
    const { bundle } = stixSightings(factsIn(entries));
    const required: Readonly<Record<string, readonly string[]>> = {
      identity: ["name"],
      indicator: ["pattern", "pattern_type", "valid_from"],
      "attack-pattern": ["name"],
      relationship: ["relationship_type", "source_ref", "target_ref"],
      sighting: ["sighting_of_ref"],
      "observed-data": ["first_observed", "last_observed", "number_observed", "object_refs"],
      "ipv4-addr": ["value"],
      file: ["hashes"],
      process: ["command_line"],
    };
    const ids = new Set(bundle.objects.map(({ id }) => id));
    expect(new Set([...ids].map((id) => id.split("--")[1])).size).toBe(ids.size);
    for (const object of bundle.objects) {
      for (const name of ["type", "spec_version", "id", ...(required[object.type] ?? ["unknown type"])])
        expect(object, object.type).toHaveProperty(name);
      for (const [name, value] of Object.entries(object))
        if (/_refs?$/.test(name)) for (const id of [value].flat()) expect(ids).toContain(id);
    }
  });

  test("a part of a name, a flag and a message's id are not taken for accounts and addresses", () => {
    const named = (
      type: string,
      identifier: string,
      value: string,
    ): { type: string; identifier: string; value: string } => ({
      type,
      identifier,
      value,
    });
    const seen = (list: typeof entities): readonly unknown[] => {
      const { seen: findings, ...whole } = run(one, ["a"]);
      const { objects } = stixSightings(
        factsIn([hunt, { ...whole, seen: findings.map((finding) => ({ ...finding, entities: list })) }]),
      ).bundle;
      return objects.flatMap(({ type, account_login, user_id, value }) =>
        ["user-account", "email-addr", "ipv4-addr"].includes(type) ? [[type, account_login ?? user_id ?? value]] : [],
      );
    };
    // The identifiers of Sentinel's entity types reference.
    const parts = [
      named("Account", "UPNSuffix", "contoso.com"),
      named("Account", "NTDomain", "CONTOSO"),
      named("Account", "DnsDomain", "contoso.local"),
      named("Account", "DisplayName", "Ana A."),
      named("Account", "IsDomainJoined", "true"),
      named("MailMessage", "InternetMessageId", "<1.2@mail.contoso.com>"),
    ];
    expect(seen(parts)).toEqual([]);
    const mail = [
      named("MailMessage", "Recipient", "bob@contoso.com"),
      named("MailMessage", "SenderIP", "198.51.100.3"),
    ];
    expect(seen([named("Account", "Name", "ana"), named("Account", "Sid", "S-1-5-18"), ...parts, ...mail])).toEqual([
      ["user-account", "ana@contoso.com"],
      ["user-account", "S-1-5-18"],
      ["email-addr", "bob@contoso.com"],
      ["ipv4-addr", "198.51.100.3"],
    ]);
    // Two names and one suffix: which of them it belongs to nobody can tell.
    expect(seen([named("Account", "Name", "ana"), named("Account", "Name", "bob"), ...parts])).toEqual([
      ["user-account", "ana"],
      ["user-account", "bob"],
    ]);
  });

  test("STIX ids of observables are those that any other producer gives them", () => {
    const { objects } = stixSightings(factsIn(entries)).bundle;
    // From the specification's examples of an IPv4 address object, 6.12.
    expect(objects.find(({ type }) => type === "ipv4-addr")?.id).toBe(
      "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4",
    );
  });

  test("the same findings give the same bundle; a finding without its rule's query is counted, not invented", () => {
    expect(stixSightings(factsIn(entries))).toEqual(stixSightings(factsIn(entries)));
    expect(stixSightings(factsIn([run(one, ["a"])]))).toMatchObject({ left: 1, bundle: { objects: [] } });
  });

  test("a bookmark has the query, the span searched, the entities and the parent of a technique's part", () => {
    const [bookmark] = sentinelBookmarks(factsIn(entries)) as readonly { readonly properties: Loose }[];
    expect(bookmark?.properties).toMatchObject({
      query: "T | take 2",
      queryStartTime: "2026-03-05T00:00:00.0000000Z",
      queryEndTime: "2026-03-10T00:00:00.0000000Z",
      techniques: ["T1219", "T1059", "T12"],
      tactics: ["CommandAndControl"],
      entityMappings: [
        { entityType: "Host", fieldMappings: [{ identifier: "HostName", value: "d1" }] },
        {},
        {},
        {},
        {},
      ],
    });
  });
});

describe("the history of a finding", () => {
  test("tells each run that saw or missed it, and each decision, and nothing of others", () => {
    const others = run(two, [], { rule: { ...rule, id: "other" } });
    const blind = run(two, [], { looked: "can't" });
    const all = [...entries, run(two, ["b"]), others, blind, { ...decided, ids: ["b"] }];
    expect(historyOf(all, "a").map(({ by, what }) => `${by}: ${what.split(" (")[0]}`)).toEqual([
      "me: hunt h saw it first",
      "ana: verdict benign; tagged x; tagged y",
      "me: hunt h did not see it",
      "me: hunt h could not look",
    ]);
  });

  test("a tag that is taken away is gone, and stays in the history", () => {
    const all: readonly JournalEntry[] = [...entries, { ...decided, tags: [], untags: ["x"] }];
    expect(factsIn(all).find(({ id }) => id === "a")?.tags).toEqual(["y"]);
    expect(historyOf(all, "a").at(-1)?.what).toContain("tag x removed");
  });
});

test("a finding has the text of its rule as it was when the finding was seen last, of a schedule's run, too", () => {
  const later = { ...hunt, id: "h2", rules: hunt.rules.map((item) => ({ ...item, query: "T | take 9" })) };
  const scheduled = run(two, ["c"], { scheduled: { tactics: ["Execution"], query: "T | take 5" } });
  const { hunt: _, ...alone } = scheduled;
  const facts = factsIn([hunt, run(one, ["a"]), later, run(two, ["b"], { hunt: "h2" }), alone]);
  expect(facts.map(({ id, query, tactics }) => [id, query, tactics])).toEqual([
    ["a", "T | take 2", ["CommandAndControl"]],
    ["b", "T | take 9", ["CommandAndControl"]],
    ["c", "T | take 5", ["Execution"]],
  ]);
});

test("a hunt that left its text out, since the journal had it, keeps it beside another hunt that recorded a newer one", () => {
  const setting = { at: one, by: "me", title: "", hypotheses: [], exclusions: [], today: "2026-03-10" };
  const hunted = (id: string, query: string, known?: string): HuntEntry => {
    const [loaded] = loadRules(query, "rule.kql").rules;
    const failed = { kind: "failed", rule: { ...(loaded ?? expect.fail()), id: "r" }, message: "" } as const;
    return huntEntryOf([failed], { ...setting, id, knownQuery: () => known });
  };
  const [first, newer, late] = [
    hunted("h", "T | take 1"),
    hunted("h2", "T | take 2"),
    hunted("h3", "T | take 1", "T | take 1"),
  ];
  const facts = factsIn([first, newer, late, run(two, ["a"], { hunt: "h3" })]);
  expect(facts.map(({ query }) => query)).toEqual(["T | take 1"]);
});
