import { existsSync } from "node:fs";
import { join } from "node:path";
import { type EstateManifest, generateEstate } from "@goshawk/estate";
import { tellStory } from "../demo/story.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { keepingEngines } from "../keptEngine.ts";
import type { Terminal } from "../terminal.ts";
import { ingestCommand } from "./ingest.ts";

export interface DemoOptions {
  readonly rows: string;
  readonly devices: string;
  readonly days: string;
  readonly folder: string;
}

/** The estate's present, so that each run makes the same estate. */
const END = "2026-10-31T12:00:00Z";
const SEED = 1;

/** Makes an estate, ingests it as any export would be, and tells the founding story over it. */
export async function demoCommand(options: DemoOptions, terminal: Terminal): Promise<ExitCode> {
  const estate = join(options.folder, "estate");
  const store = join(options.folder, "store");
  if (existsSync(options.folder))
    throw new UsageError(`${options.folder} exists; remove it, or choose another place with --folder`);
  const manifest = await makeEstate(estate, options, terminal);
  terminal.note("");
  const ingested = await ingestCommand(exportsOf(manifest, estate), { store, quiet: true }, terminal);
  if (ingested !== exitCodes.ok) return ingested;
  const code = await keepingEngines(() => tellStory(options.folder, store, manifest, terminal));
  terminal.note(
    `\nNow hunt yourself:\n  npx goshawk query 'DeviceFileCertificateInfo | summarize count() by Signer | top 10 by count_' --store ${store}`,
  );
  return code;
}

/** The folders of exports, without the generator's own manifest beside them. */
function exportsOf(manifest: EstateManifest, estate: string): readonly string[] {
  return [...new Set(manifest.files.map((file) => join(estate, file.path.split("/")[0] ?? "")))];
}

async function makeEstate(folder: string, options: DemoOptions, terminal: Terminal): Promise<EstateManifest> {
  const started = performance.now();
  const manifest = await generateEstate({
    folder,
    rows: wholeNumber("--rows", options.rows),
    devices: wholeNumber("--devices", options.devices),
    days: wholeNumber("--days", options.days),
    end: END,
    seed: SEED,
    signal: terminal.signal,
    onProgress: ({ rows, totalRows }) =>
      terminal.progress(`making the estate: ${Math.round((100 * rows) / totalRows)} %`),
  });
  const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  terminal.note(
    `Made an estate of ${options.devices} devices over ${options.days} days: ${rows.toLocaleString("en")} rows in ${manifest.files.length} files, ${seconds} s.`,
  );
  return manifest;
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value)) throw new UsageError(`${name} '${text}' is no whole number`);
  return value;
}
