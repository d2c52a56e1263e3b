import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Receipt } from "@goshawk/store";
import { ingest } from "@goshawk/store/ingest";
import { ServeError } from "../http/serveError.ts";
import type { Limits, Service } from "../service.ts";
import { whenFree } from "./whenFree.ts";

export interface Upload {
  readonly body: Readable;
  /** What the file is called; its end tells the format. */
  readonly name: string;
  readonly table?: string;
  /** Store it even if the store has it already. */
  readonly again: boolean;
  readonly signal: AbortSignal;
}

/** What became of an upload: its receipt, and whether the store had it before. */
export interface Stored {
  readonly receipt: Receipt;
  readonly known: boolean;
  readonly bytes: number;
}

/** Uploads come one after another: a store has one writer. */
export function uploadsInto(service: Service): (upload: Upload) => Promise<Stored> {
  let last: Promise<unknown> = Promise.resolve();
  let inHand = 0;
  return async (upload) => {
    if (inHand >= service.limits.uploads) throw ServeError.overloaded(10, "uploads");
    inHand++;
    const folder = await mkdtemp(join(tmpdir(), "goshawk-upload-"));
    try {
      const path = join(folder, fileName(upload.name));
      const bytes = await save(upload.body, path, service.limits);
      const turn = last.then(() => store(path, bytes, upload, service));
      last = turn.catch(() => undefined);
      return await turn;
    } finally {
      inHand--;
      await rm(folder, { recursive: true, force: true });
    }
  };
}

/** A message without the folder that an upload lies in for a while. */
function withoutPlace(message: string, path: string, name: string): string {
  return message.replaceAll(path, name).replaceAll(dirname(path), "");
}

/** Only the last part of a name, and only plain characters: it names a file of ours, and the source in receipts. */
function fileName(name: string): string {
  const plain = (name.split(/[\\/]/).at(-1) ?? "").replace(/[^\w.-]/g, "_").replace(/^\.+/, "");
  return plain === "" ? "upload" : plain.slice(0, 120);
}

async function save(body: Readable, path: string, { uploadBytes: most, stallMs }: Limits): Promise<number> {
  let bytes = 0;
  const given = (): void => void body.destroy(new ServeError(408, "Stalled", `Nothing came for ${stallMs / 1000} s.`));
  let timer = setTimeout(given, stallMs);
  const counted = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      clearTimeout(timer);
      timer = setTimeout(given, stallMs);
      if (bytes > most) done(new ServeError(413, "PayloadTooLarge", `An upload may have up to ${most} bytes.`));
      else done(null, chunk);
    },
  });
  await pipeline(body, counted, createWriteStream(path, { flags: "wx", mode: 0o600 })).finally(() =>
    clearTimeout(timer),
  );
  return bytes;
}

async function store(path: string, bytes: number, upload: Upload, service: Service): Promise<Stored> {
  const only = upload.table === undefined ? {} : { table: upload.table };
  const report = await whenFree(() =>
    ingest([path], { store: service.store, signal: upload.signal, again: upload.again, ...only }),
  );
  const [failed] = report.failed;
  if (failed !== undefined) throw new ServeError(400, "NotStored", withoutPlace(failed.message, path, upload.name));
  const [receipt, known] = [report.stored[0], report.known[0]];
  const found = receipt ?? known?.receipt;
  if (found === undefined) throw new ServeError(499, "Cancelled", "The upload was given up.");
  const held = await service.tables.newest({ now: true });
  held.done();
  return { receipt: found, known: receipt === undefined, bytes };
}
