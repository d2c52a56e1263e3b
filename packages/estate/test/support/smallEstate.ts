import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type EstateManifest, generateEstate } from "../../src/index.ts";
import { type ReadRow, readEstate } from "./readEstate.ts";

export const smallOptions = { rows: 20_000, devices: 50, days: 30, end: "2026-10-16T12:00:00Z", seed: 7 } as const;

export interface SmallEstate {
  readonly folder: string;
  readonly manifest: EstateManifest;
  readonly rows: readonly ReadRow[];
}

/** An estate for the tests of one file, made before them and removed after them. */
export function useSmallEstate(): () => SmallEstate {
  let estate: SmallEstate | undefined;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "estate-"));
    const manifest = await generateEstate({ folder, ...smallOptions });
    estate = { folder, manifest, rows: readEstate(folder) };
  });
  afterAll(async () => {
    if (estate !== undefined) await rm(estate.folder, { recursive: true, force: true });
  });
  return () => {
    if (estate === undefined) throw new Error("the estate was not made");
    return estate;
  };
}
