import { join } from "node:path";
import { Transform } from "node:stream";

/** An archive may not unpack to more than this many times its size (and 1 GiB at least is always let through). */
const MAX_RATIO = 200;
const ALWAYS_ALLOWED = 2 ** 30;

/** What one ingested file may still unpack to, archives in archives included. */
export interface Budget {
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
  readonly allowed: number;
  left: number;
  files: number;
}

export function budgetOf(bytes: number, folder: string, signal: AbortSignal | undefined): Budget {
  const allowed = Math.max(ALWAYS_ALLOWED, bytes * MAX_RATIO);
  return { folder, signal, allowed, left: allowed, files: 0 };
}

export function freshPath(budget: Budget): string {
  budget.files++;
  return join(budget.folder, `unpacked-${budget.files}`);
}

export class TooLargeError extends Error {}

/** Whether unpacking must end here, rather than go on with the next file. */
export function isFinal(error: unknown, budget: Budget): boolean {
  return error instanceof TooLargeError || budget.signal?.aborted === true;
}

export function pipelineOptions(budget: Budget): { readonly signal?: AbortSignal } {
  return budget.signal === undefined ? {} : { signal: budget.signal };
}

/** Passes bytes on up to a limit, so that a small archive can't fill the disk. */
export function limited(budget: Budget): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      budget.left -= chunk.length;
      if (budget.left >= 0) done(null, chunk);
      else
        done(
          new TooLargeError(
            `the archive unpacks to more than ${budget.allowed} bytes; unpack it yourself if you trust it`,
          ),
        );
    },
  });
}
