import { expect, it } from "vitest";
import { hasTerm } from "../src/terms.ts";

// Kusto documentation, "The has operator": case-insensitive, the needle is a complete term; a term is a run of
// alphanumeric characters.
const cases: readonly [string, string, boolean][] = [
  ["Action1 Corporation", "Action1 Corporation", true],
  ["ACTION1 CORPORATION", "Action1 Corporation", true],
  ["Action1 Corporation, Inc.", "Action1 Corporation", true],
  ["Action1x Corporation", "Action1 Corporation", false],
  ["Action1 Corporations Ltd", "Action1 Corporation", false],
  ["MyAction1 Corporation", "Action1 Corporation", false],
  ["MyAction1 Corporation (Action1 Corporation)", "Action1 Corporation", true],
  ["MeshCentralRoot-3f2a1c", "meshcentral", false],
  ["Philandro Software GmbH", "philandro software", true],
  ["DWSNET OÜ", "DWSNET OÜ", true],
  ["DWSNET OÜ", "DWSNET O", false],
  ["Projector.is, Inc.", "Projector.is, Inc.", true],
];

it.each(cases)("%s has %s: %s", (text, term, expected) => {
  expect(hasTerm(text, term)).toBe(expected);
});
