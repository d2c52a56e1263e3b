import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type EstateManifest, generateEstate } from "@goshawk/estate";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import type { Terminal } from "../terminal.ts";
import { huntCommand } from "./hunt.ts";
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

/** Makes an estate, ingests it as any export would be, and hunts in it with the remote-management rules. */
export async function demoCommand(options: DemoOptions, terminal: Terminal): Promise<ExitCode> {
  const estate = join(options.folder, "estate");
  const store = join(options.folder, "store");
  if (existsSync(options.folder))
    throw new UsageError(`${options.folder} exists; remove it, or choose another place with --folder`);
  const manifest = await makeEstate(estate, options, terminal);
  terminal.note("");
  const ingested = await ingestCommand(exportsOf(manifest, estate), { store, quiet: true }, terminal);
  if (ingested !== exitCodes.ok) return ingested;
  const shown = { ...terminal, style: { ...terminal.style, width: Math.min(terminal.style.width, 160) } };
  const common = { store, now: "latest", format: "table" } as const;
  const founding = join(rulesFolder(), "action1-signer.yaml");
  announce(`hunt ${relative(process.cwd(), founding)} --store ${store} --now latest`, terminal);
  const first = await huntCommand([founding], common, shown);
  terminal.note(`\n${truthText(manifest)}`);
  announce(`hunt ${relative(process.cwd(), rulesFolder())} --store ${store} --now latest --summary --quiet`, terminal);
  const all = await huntCommand([rulesFolder()], { ...common, summary: true, quiet: true }, shown);
  terminal.note(
    `\nNow hunt yourself:\n  npx goshawk query 'DeviceFileCertificateInfo | summarize count() by Signer | top 10 by count_' --store ${store}`,
  );
  return first === exitCodes.ok ? all : first;
}

/** The folders of exports, without the generator's own manifest beside them. */
function exportsOf(manifest: EstateManifest, estate: string): readonly string[] {
  return [...new Set(manifest.files.map((file) => join(estate, file.path.split("/")[0] ?? "")))];
}

function announce(command: string, terminal: Terminal): void {
  terminal.note(`\n$ npx goshawk ${command}\n`);
}

function rulesFolder(): string {
  return fileURLToPath(new URL("../../../../content/remote-management", import.meta.url));
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

/** What the generator knows and the hunt should have found. */
function truthText(manifest: EstateManifest): string {
  const { founding } = manifest.truth;
  const names = founding.withinLookback.map((row) => row.deviceName).join(", ");
  return [
    `The estate's own manifest says that files of '${founding.signer}' were seen in the last five days on ${founding.withinLookback.length} devices:`,
    `  ${names}`,
    "Some of them are intruders', some administrators' work: exclusions with evidence tell them apart.",
  ].join("\n");
}
