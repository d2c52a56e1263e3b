import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { type Limits, type ServeOptions, selfSigned, serve } from "@goshawk/serve";
import { openStore } from "@goshawk/store";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { nowOption } from "../now.ts";
import { loadOutside, type OutsideOptions } from "../outside.ts";
import type { Terminal } from "../terminal.ts";

export interface ServeCommandOptions extends Omit<OutsideOptions, "allowHost"> {
  readonly store: string;
  readonly host: string;
  readonly port: string;
  readonly tls?: boolean;
  readonly cert?: string;
  readonly key?: string;
  readonly requireToken?: boolean;
  readonly allowHost: readonly string[];
  readonly allowOrigin: readonly string[];
  readonly fetchHost: readonly string[];
  readonly rules: readonly string[];
  readonly exclusions: readonly string[];
  readonly entra?: boolean;
  readonly workers?: string;
  readonly timeout: string;
  readonly memory?: string;
  readonly database: string;
  readonly log?: string;
  readonly now?: string;
}

/** `goshawk serve` */
export async function serveCommand(options: ServeCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const store = await openStore(options.store);
  const outside = await loadOutside({ ...options, allowHost: options.fetchHost }, store.folder, terminal);
  const tls = await tlsOf(options, store.folder);
  const log = options.log === undefined ? undefined : logTo(options.log);
  const server = await serve({
    storeFolder: store.folder,
    outside,
    host: options.host,
    port: whole("--port", options.port, 0),
    hosts: options.allowHost,
    origins: options.allowOrigin,
    database: options.database,
    rules: options.rules,
    exclusions: options.exclusions,
    limits: limitsOf(options),
    requireToken: options.requireToken === true,
    entraShape: options.entra === true,
    ...(options.now === undefined ? {} : { now: nowOption(options.now) }),
    ...(tls === undefined ? {} : { tls }),
    ...(log === undefined ? {} : { log }),
  });
  const { tables } = await store.snapshot();
  terminal.note(`Goshawk listens on ${server.url}, with ${tables.length} tables of ${options.store}.`);
  if (tls?.certFile !== undefined) terminal.note(`Clients trust it by NODE_EXTRA_CA_CERTS=${tls.certFile}`);
  terminal.note("Ctrl-C ends it.");
  await ended(terminal.signal);
  await server.close();
  return exitCodes.ok;
}

/** Until Ctrl-C, or the word of a service manager. */
function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGTERM", () => resolve());
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

async function tlsOf(
  options: ServeCommandOptions,
  folder: string,
): Promise<(NonNullable<ServeOptions["tls"]> & { readonly certFile?: string }) | undefined> {
  if ((options.cert === undefined) !== (options.key === undefined))
    throw new UsageError("--cert and --key go together");
  if (options.cert !== undefined && options.key !== undefined)
    return { cert: await readFile(options.cert, "utf8"), key: await readFile(options.key, "utf8") };
  return options.tls === true ? selfSigned(folder, [options.host, ...options.allowHost]) : undefined;
}

function logTo(path: string): { write(line: string): void } {
  return path === "-" ? process.stderr : createWriteStream(path, { flags: "a", mode: 0o600 });
}

function limitsOf(options: ServeCommandOptions): Partial<Limits> {
  const { workers, memory } = options;
  return {
    timeoutMs: whole("--timeout", options.timeout, 1) * 1000,
    ...(workers === undefined ? {} : { workers: Math.min(whole("--workers", workers, 1), 4 * availableParallelism()) }),
    ...(memory === undefined ? {} : { memory: whole("--memory", memory, 64) * 2 ** 20 }),
  };
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new UsageError(`${name} '${text}' is no number from ${least} up`);
  return value;
}
