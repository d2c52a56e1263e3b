import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { WorkerBackendOptions } from "@goshawk/engine";
import { type AddressOptions, addressModule, type ExternalOptions, externalModule } from "@goshawk/store";
import { forTerminal } from "./output/escape.ts";
import type { Terminal } from "./terminal.ts";

/** What queries may use beside the store, as the command line names it. */
export interface OutsideOptions {
  /** Files and folders of functions. */
  readonly functions?: readonly string[];
  /** Folders of watchlists. */
  readonly watchlists?: readonly string[];
  /** Folders with copies of the files that `externaldata` names. */
  readonly external?: readonly string[];
  /** Hosts that `externaldata` may ask. */
  readonly allowHost?: readonly string[];
  /** A database of addresses. */
  readonly geo?: string;
}

export type Outside = Pick<WorkerBackendOptions, "functions" | "supplied" | "external" | "addresses">;

/** Reads what the options name; what can't be read is said and left out. */
export async function loadOutside(options: OutsideOptions, storeFolder: string, terminal: Terminal): Promise<Outside> {
  const functions = await functionsIn(options.functions ?? [], terminal);
  const supplied = await watchlistsIn(options.watchlists ?? [], terminal);
  const folders = options.external ?? [];
  const hosts = options.allowHost ?? [];
  const external: ExternalOptions = { folders, hosts, workFolder: join(storeFolder, "tmp") };
  return {
    functions,
    supplied,
    ...(options.geo === undefined ? {} : { addresses: await addressesIn(options.geo) }),
    ...(folders.length + hosts.length === 0 ? {} : { external: { module: externalModule, options: external } }),
  };
}

// What reads them brings the compiler with it, which a query without them need not wait for.

async function functionsIn(paths: readonly string[], terminal: Terminal): Promise<NonNullable<Outside["functions"]>> {
  if (paths.length === 0) return [];
  const { loadFunctions } = await import("@goshawk/hunt");
  const { functions, files } = await loadFunctions(paths, terminal.signal);
  for (const { path, line, message, next } of files.flatMap((file) => file.problems))
    terminal.note(`${path}:${line}: warning: ${forTerminal(message)} ${next}`);
  return functions;
}

async function watchlistsIn(folders: readonly string[], terminal: Terminal): Promise<NonNullable<Outside["supplied"]>> {
  if (folders.length === 0) return [];
  const { readWatchlists } = await import("@goshawk/store/watchlists");
  const lists = await Promise.all(folders.map(readWatchlists));
  for (const { file, message } of lists.flatMap((list) => list.problems))
    terminal.note(`${file}: warning: ${forTerminal(message)}`);
  return lists.flatMap((list) => list.tables);
}

async function addressesIn(path: string): Promise<NonNullable<Outside["addresses"]>> {
  await stat(path);
  const options: AddressOptions = { file: resolve(path) };
  return { module: addressModule, options };
}
