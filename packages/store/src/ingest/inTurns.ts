/**
 * Does `work` for every item, `width` of them at a time. `turn` resolves once everything before the item is done, so
 * that what has to happen in order can wait for it. Stops taking items when `goesOn` says so.
 */
export async function inTurns<T>(
  items: readonly T[],
  width: number,
  goesOn: () => boolean,
  work: (item: T, turn: Promise<void>) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  let last: Promise<void> = Promise.resolve();
  const lane = async (): Promise<void> => {
    for (const item of waiting) {
      if (!goesOn()) return;
      const turn = last;
      const done = work(item, turn);
      last = Promise.allSettled([turn, done]).then(() => {});
      await done;
    }
  };
  // What the lanes work with may be closed only when all of them are done, also after a failure.
  const lanes = await Promise.allSettled(Array.from({ length: Math.max(1, width) }, lane));
  const failed = lanes.find((item) => item.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
