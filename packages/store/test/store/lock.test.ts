import { mkdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { tidy, workshop } from "../temporary.ts";

afterAll(tidy);

const row = '{"TimeGenerated":"2026-03-04T00:00:00Z","Row":1}\n';

test("a lock of another machine holds, whatever process has its id here, until it was not touched for long", async () => {
  const { take, store } = await workshop();
  await mkdir(store.folder, { recursive: true });
  const path = join(store.folder, "writer.lock");
  await writeFile(path, "4194999 1 another%2Dmachine tmp-1-abc\n");
  await expect(take("made.jsonl", row)).rejects.toThrow("process 4194999 of the machine another-machine");
  const hourAgo = new Date(Date.now() - 3_600_000);
  await utimes(path, hourAgo, hourAgo);
  expect((await take("made.jsonl", row)).rows).toBe(1);
});

test("a writer whose lock is another one's by now stores nothing, and leaves that lock alone", async () => {
  const { take, store } = await workshop();
  await take("made.jsonl", row);
  const path = join(store.folder, "writer.lock");
  const other = "1 1 another%2Dmachine tmp-1-abc\n";
  const { version } = await store.snapshot();
  await expect(
    store.write(async (writer) => {
      await writeFile(path, other);
      await writer.replace({ work: "compact", removed: [], added: [] });
    }),
  ).rejects.toThrow("was taken away");
  expect([(await store.snapshot()).version, await readFile(path, "utf8")]).toEqual([version, other]);
});
