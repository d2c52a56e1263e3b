import { mkdir, mkdtemp, realpath, writeFile } from "node:fs/promises";
import { join, resolve, sep } from "node:path";

/** Where `externaldata` may look. */
export interface ExternalOptions {
  /** Folders that hold copies of files as `<host>/<path>`. */
  readonly folders: readonly string[];
  /** Hosts that may be asked over HTTPS. */
  readonly hosts: readonly string[];
  /** For files that were fetched. */
  readonly workFolder: string;
}

/** A file at hand, or why there is none. A file that was fetched has a folder of its own, to be removed after use. */
export type Located =
  | { readonly path: string; readonly folder?: string }
  | { readonly reason: string; readonly next: string };

const MOST_BYTES = 128 * 2 ** 20;
const TIMEOUT_MS = 60_000;
const MOST_REDIRECTS = 5;

/** The copy of a file in an allowed folder; else, where its host is allowed, the file itself. */
export async function locate(uri: string, options: ExternalOptions): Promise<Located> {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return { reason: "it is no web address", next: "Only https addresses can be read." };
  for (const folder of options.folders) {
    const copy = await copyIn(folder, url);
    if (copy !== undefined) return { path: copy };
  }
  if (options.hosts.includes(url.hostname)) return fetched(url, options);
  return {
    reason: `no folder holds a copy, and ${url.hostname} may not be asked`,
    next: `Put a copy at ${relativePlaces(url)[0] ?? ""} below a folder named with --external, or allow the host with --allow-host ${url.hostname}.`,
  };
}

/** Where a copy may stand; a query is part of the file's name, after `?` or, as on Windows, after `@`. */
function relativePlaces(url: URL): readonly string[] {
  const path = `${url.hostname}${decodedPath(url)}`;
  return url.search === "" ? [path] : [`${path}?${url.search.slice(1)}`, `${path}@${url.search.slice(1)}`];
}

function decodedPath(url: URL): string {
  try {
    return decodeURIComponent(url.pathname);
  } catch {
    return url.pathname;
  }
}

/** Links may not lead out of the folder. */
async function copyIn(folder: string, url: URL): Promise<string | undefined> {
  try {
    const root = await realpath(folder);
    for (const place of relativePlaces(url)) {
      const found = await realpath(resolve(root, place)).catch(() => undefined);
      if (found?.startsWith(root + sep)) return found;
    }
  } catch {
    return undefined;
  }
  return undefined;
}

async function fetched(url: URL, options: ExternalOptions): Promise<Located> {
  const next = "Try again, or put a copy into a folder named with --external.";
  try {
    const body = await download(url, options, MOST_REDIRECTS);
    await mkdir(options.workFolder, { recursive: true });
    const folder = await mkdtemp(join(options.workFolder, "fetched-"));
    const path = join(folder, "file");
    await writeFile(path, body);
    return { path, folder };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error), next };
  }
}

async function download(url: URL, options: ExternalOptions, redirects: number): Promise<Uint8Array> {
  if (url.protocol !== "https:") throw new Error("only https addresses are asked");
  if (!options.hosts.includes(url.hostname)) throw new Error(`it leads to ${url.hostname}, which may not be asked`);
  const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) });
  const target = response.headers.get("location");
  if (response.status >= 300 && response.status < 400 && target !== null) {
    if (redirects === 0) throw new Error("it leads on and on");
    return download(new URL(target, url), options, redirects - 1);
  }
  if (!response.ok) throw new Error(`${url.hostname} answered ${response.status}`);
  return bodyOf(response);
}

async function bodyOf(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > MOST_BYTES) throw new Error(`it is larger than ${MOST_BYTES / 2 ** 20} MB`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
