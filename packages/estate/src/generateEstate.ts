import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Span, spanEndingAt, timeText } from "./clock.ts";
import { createLedger } from "./ledger.ts";
import type { EstateManifest } from "./manifest.ts";
import { createDevices } from "./model/device.ts";
import { createResidentFiles } from "./model/residents.ts";
import { checkOptions, type EstateOptions, type EstateSize } from "./options.ts";
import { planEstate } from "./plan/planEstate.ts";
import { shareOut } from "./tables.ts";
import { createWorld } from "./traffic/world.ts";
import { writeEstate } from "./traffic/writeEstate.ts";
import { tellTruth } from "./truth.ts";
import { createRowWriters } from "./write/rows.ts";
import { createSink, type Sink, sinkFolders } from "./write/sink.ts";

/**
 * Makes up an estate: event files of many devices over many days, with remote-management tools planted among them, and
 * a `manifest.json` that tells where. Rejects with a `RangeError` for options out of range, with an `Error` when the
 * folder is not empty or cannot be written, and with the signal's reason; then nothing of it stays behind.
 */
export async function generateEstate(options: EstateOptions): Promise<EstateManifest> {
  const size = checkOptions(options);
  options.signal?.throwIfAborted();
  await claimFolder(options.folder);
  const span = spanEndingAt(size.end, size.days);
  const sink = createSink(options.folder, span);
  try {
    const manifest = await fillFolder(options, size, span, sink);
    await writeFile(join(options.folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { flag: "wx" });
    return manifest;
  } catch (error) {
    sink.abandon();
    await Promise.all(
      [...sinkFolders, manifestName].map((entry) => rm(join(options.folder, entry), { recursive: true, force: true })),
    );
    throw error;
  }
}

const manifestName = "manifest.json";

async function fillFolder(options: EstateOptions, size: EstateSize, span: Span, sink: Sink): Promise<EstateManifest> {
  const { seed } = size;
  const nowMs = Date.parse(size.end);
  const counts = shareOut(size.rows, size.devices);
  const devices = createDevices(size.devices, seed);
  const shared = { span, seed, nowMs, devices, residentFiles: createResidentFiles(seed, nowMs) };
  const plan = planEstate(shared, counts.DeviceFileCertificateInfo);
  const ledger = createLedger();
  const run = {
    world: createWorld(shared),
    counts,
    seed,
    sink,
    writers: createRowWriters(span),
    ledger,
    signal: options.signal,
    onProgress: options.onProgress,
  };
  const first = await writeEstate(run, plan.events);
  const files = [...sink.close()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    version: 1,
    options: size,
    span: { first: timeText(span, first), last: timeText(span, span.end) },
    rows: counts,
    files,
    truth: tellTruth(span, ledger.records(), plan.stages),
  };
}

async function claimFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const entries = await readdir(folder);
  if (entries.length > 0) {
    throw new Error(`folder: ${folder} is not empty (it has ${entries[0]}); choose a new one, or empty it first`);
  }
}
