import { open, stat } from "node:fs/promises";
import { type Budget, budgetOf, isFinal } from "./budget.ts";
import { gunzip } from "./gzip.ts";
import { untar } from "./tar.ts";
import { unzip } from "./zip.ts";

/** A file to read rows from: itself, or a member of an archive, unpacked. */
export interface Member {
  /** The unpacked file. */
  readonly path: string;
  /** Its name in the archive; absent for the file itself. */
  readonly name?: string;
  /** What the file's name says to table detection. */
  readonly title: string;
  readonly wrapping: readonly string[];
  readonly notes: readonly string[];
  /** Why it could not be unpacked; then there is no file at `path`. */
  readonly failure?: string;
}

const MAX_DEPTH = 3;

/** Takes gzip, zip and tar off a file, in any order; what is unpacked stands in `folder`. */
export async function membersOf(
  path: string,
  title: string,
  folder: string,
  signal?: AbortSignal,
): Promise<readonly Member[]> {
  return unwrap(path, title, budgetOf((await stat(path)).size, folder, signal), []);
}

async function unwrap(
  path: string,
  title: string,
  budget: Budget,
  wrapping: readonly string[],
): Promise<readonly Member[]> {
  const kind = await wrappingOf(path);
  if (kind === undefined) return [{ path, title, wrapping, notes: [] }];
  if (wrapping.length >= MAX_DEPTH)
    throw new Error(`more than ${MAX_DEPTH} archives stand inside each other; unpack it first`);
  const inside = [...wrapping, kind];
  if (kind === "gzip") return ungzipped(path, title, budget, inside);
  const members: Member[] = [];
  for (const file of kind === "zip" ? await unzip(path, budget) : await untar(path, budget)) {
    const { name } = file;
    const found =
      "failure" in file ? [failed(name, inside, file.failure)] : await unwrapInner(file.path, name, budget, inside);
    members.push(...found.map((member) => ({ ...member, name: member.name ?? name })));
  }
  return members;
}

/** A member that is a broken archive itself stops none of the others. */
async function unwrapInner(
  path: string,
  name: string,
  budget: Budget,
  wrapping: readonly string[],
): Promise<readonly Member[]> {
  try {
    return await unwrap(path, name, budget, wrapping);
  } catch (error) {
    if (isFinal(error, budget)) throw error;
    return [failed(name, wrapping, error instanceof Error ? error.message : String(error))];
  }
}

function failed(name: string, wrapping: readonly string[], failure: string): Member {
  return { path: "", name, title: name, wrapping, notes: [], failure };
}

async function ungzipped(
  path: string,
  title: string,
  budget: Budget,
  wrapping: readonly string[],
): Promise<readonly Member[]> {
  const { path: target, damage } = await gunzip(path, budget);
  const notes =
    damage === undefined
      ? []
      : [`the gzip is cut off or damaged (${damage}); what could be unpacked was read; fetch it again`];
  const inner = await unwrap(target, title.replace(/\.gz$/i, ""), budget, wrapping);
  return inner.map((member) => ({ ...member, notes: [...notes, ...member.notes] }));
}

async function wrappingOf(path: string): Promise<"gzip" | "zip" | "tar" | undefined> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    if (bytesRead > 2 && buffer[0] === 0x1f && buffer[1] === 0x8b) return "gzip";
    if (bytesRead > 4 && buffer.readUInt32LE(0) === 0x04034b50) return "zip";
    return buffer.subarray(257, 262).toString("latin1") === "ustar" ? "tar" : undefined;
  } finally {
    await file.close();
  }
}
