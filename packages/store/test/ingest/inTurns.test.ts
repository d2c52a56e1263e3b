import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { inTurns } from "../../src/ingest/inTurns.ts";

test("a turn comes when all before it are done, whichever is quick and whichever fails", async () => {
  const ends: number[] = [];
  const turns: number[][] = [];
  const waits = [30, 1, 20, 1, 1];
  const work = async (item: number, turn: Promise<void>): Promise<void> => {
    const told = turn.then(() => turns.push([...ends].sort()));
    await setTimeout(waits[item]);
    ends.push(item);
    if (item === 1) throw new Error("one");
    await told;
  };
  await expect(inTurns([0, 1, 2, 3, 4], 3, () => true, work)).rejects.toThrow("one");
  for (const [index, before] of turns.entries())
    expect(before).toEqual(expect.arrayContaining([...Array(index).keys()]));
  expect(ends).toHaveLength(5);
});
