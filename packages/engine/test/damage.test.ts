import { expect, test } from "vitest";
import { damageText } from "../src/duckdb/damage.ts";
import type { DuckDBConnection } from "../src/duckdb/database.ts";

const complaint = "Invalid Input Error: No magic bytes found at end of file";

/** A connection on which reading fails so. */
const failing = (message: string): DuckDBConnection =>
  ({ run: () => Promise.reject(new Error(message)) }) as unknown as DuckDBConnection;

test("a file is named as damaged for what reading it says, not because a query was stopped or lacked memory", async () => {
  expect(await damageText(complaint, ["/a.parquet"], failing(complaint))).toContain("/a.parquet can't be read");
  expect(await damageText(complaint, ["/a.parquet"], failing("Out of Memory Error: no"))).toBeUndefined();
  await expect(damageText(complaint, ["/a.parquet"], failing("INTERRUPT Error: Interrupted!"))).rejects.toThrow(
    "Interrupted",
  );
});
