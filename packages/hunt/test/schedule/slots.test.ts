import { describe, expect, test } from "vitest";
import { dueSlots, type JournalEntry, jitterOf, nextSlot, pastsIn } from "../../src/index.ts";

const HOUR = 36_000_000_000n;
const rule = { id: "a-rule", every: HOUR };
const jitter = jitterOf(rule.id, rule.every);
const now = 1000n * HOUR + jitter + 7n;

describe("a rule's moments", () => {
  test("are the same whenever one asks, and less than a tenth of the frequency late", () => {
    expect(dueSlots(rule, undefined, now, 24).slots).toEqual([1000n * HOUR + jitter]);
    expect(dueSlots(rule, undefined, now + HOUR / 2n, 24).slots).toEqual([1000n * HOUR + jitter]);
    expect(jitter < HOUR / 10n).toBe(true);
    expect(nextSlot(rule, now)).toBe(1001n * HOUR + jitter);
  });

  test("come once each, in order, also after a pause; more than can be caught up with are counted", () => {
    const last = 1000n * HOUR + jitter;
    expect(dueSlots(rule, last, now, 24)).toEqual({ slots: [], skipped: 0 });
    expect(dueSlots(rule, last, now + 3n * HOUR, 24).slots).toEqual([1n, 2n, 3n].map((hours) => last + hours * HOUR));
    expect(dueSlots(rule, last, now + 30n * HOUR, 24)).toMatchObject({ skipped: 6 });
    expect(dueSlots(rule, last, now + 30n * HOUR, 24).slots.at(-1)).toBe(last + 30n * HOUR);
  });

  test("that were run are known from the journal alone, with what was told and how long to keep still", () => {
    const alert = (slot: bigint, findings: readonly string[], quiet?: string): JournalEntry => ({
      kind: "alert",
      at: "2026-03-01T00:00:00Z",
      by: "me",
      rule: { id: rule.id, name: "a rule" },
      slot: slot.toString(),
      findings,
      ...(quiet === undefined ? {} : { quiet }),
    });
    const past = pastsIn([alert(HOUR, ["x"], "2h"), alert(2n * HOUR, []), alert(3n * HOUR, ["y"])]).get(rule.id);
    expect(past).toEqual({ last: 3n * HOUR, quietUntil: 3n * HOUR, told: new Set(["x", "y"]) });
  });
});
