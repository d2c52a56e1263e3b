import { examine } from "@goshawk/kql";
import { catalogueTable } from "@goshawk/store";
import * as schemas from "@goshawk/store/schemas";
import { readRuleRecords, sharedFolder } from "@goshawk/testkit";
import { expect, test } from "vitest";
import { checkFiles } from "../../src/check/check.ts";
import type { Examiner } from "../../src/check/examiner.ts";
import { fixed } from "../../src/check/fix.ts";
import { reachOf } from "../../src/check/reach.ts";
import { loadRules } from "../../src/rules/load.ts";
import type { Rule } from "../../src/rules/rule.ts";

const now = 638_553_024_000_000_000n;
const MOST = 40;
const examiner: Examiner = {
  examine: async (text) =>
    examine(text, { ...reachOf(text, schemas, new Map()), now, renamed: schemas.oldNames(), placesOfAddresses: true }),
  close: async () => {},
};

/** What a fix must leave alone: all but the query, ATT&CK's names, and places. */
function rest({
  query,
  queryOrigin,
  keys,
  attackPlaces,
  tactics,
  techniques,
  entityMappings,
  ...others
}: Rule): object {
  return {
    ...others,
    entities: entityMappings.map((item) => item.fieldMappings.map(({ position, ...field }) => field)),
  };
}

/** A query without what fixes change: blanks at line ends, and names of functions with what stands for their old sizes. */
function plain(query: string): string {
  return query
    .replaceAll(/[ \t]+(?=\r?\n|$)/g, "")
    .replaceAll(", 128)", ")")
    .replaceAll(/\b(?:make_?(?:set|list)|(?:bag_)?pack|parse_?json|(?:array_?length)|contains|has)\b/g, "*")
    .trimEnd();
}

test.skipIf(sharedFolder("rules") === undefined)(
  "fixed published rules are the same rules, and need no fix again",
  async () => {
    const folder = sharedFolder("rules") ?? "";
    const texts: { readonly path: string; readonly text: string }[] = [];
    for await (const { yaml, path, query } of readRuleRecords(folder))
      if (
        texts.length < MOST &&
        yaml !== undefined &&
        /let \w+ *= *\(/.test(query) &&
        /\b(makeset|makelist|pack|parsejson|contains)\b/.test(query)
      )
        texts.push({ path, text: yaml });
    expect(texts.length).toBe(MOST);
    const inputs = texts.map(({ path, text }) => ({ file: loadRules(text, path), text }));
    const options = { examiner, now, isDefender: (table: string) => catalogueTable(table)?.defender === true };
    for (const file of await checkFiles(inputs, options)) {
      const made = fixed(file);
      if (made === undefined) continue;
      const after = loadRules(made.text, file.path).rules;
      const before = file.rules.map(({ rule }) => rule);
      expect(after.map(rest), file.path).toEqual(before.map(rest));
      expect(
        after.map((rule) => plain(rule.query)),
        file.path,
      ).toEqual(before.map((rule) => plain(rule.query)));
    }
  },
);
