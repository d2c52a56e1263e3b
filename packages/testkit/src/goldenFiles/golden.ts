import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { filesBelow } from "../read/filesBelow.ts";
import { firstDifference } from "./firstDifference.ts";
import { updateRequested } from "./updateRequested.ts";

/** What a query is compiled to; a part that is empty or absent has no file. */
export interface GoldenOutput {
  readonly ir?: string;
  readonly sql?: string;
  readonly diagnostics?: string;
}

export interface GoldenOptions<O extends GoldenOutput> {
  readonly emit: (kql: string) => O | Promise<O>;
  /** Has a real engine plan the SQL; rejects where the engine does not take it. */
  readonly explain?: (sql: string, output: O) => Promise<void>;
  /** Write what differs in place of failing; asked of the environment where not said. */
  readonly update?: boolean;
}

/** One query file, or the folder's tidiness; `check` rejects where something differs. */
export interface GoldenCase {
  readonly name: string;
  readonly check: () => Promise<void>;
}

const parts = { ir: ".ir", sql: ".duckdb.sql", diagnostics: ".diagnostics" } as const;
const endings: readonly string[] = Object.values(parts);

/** A case for each `.kql` below `folder`, and one that finds golden files whose query is gone. */
export async function golden<O extends GoldenOutput>(
  folder: string,
  options: GoldenOptions<O>,
): Promise<readonly GoldenCase[]> {
  const update = options.update ?? updateRequested();
  const queries = (await filesBelow(folder, [".kql"])).map((file) => file.slice(0, -".kql".length));
  return [
    ...queries.map((name) => ({ name, check: () => checkQuery(join(folder, name), { ...options, update }) })),
    { name: "every golden file has its query", check: () => checkOrphans(folder, new Set(queries), { update }) },
  ];
}

async function checkQuery<O extends GoldenOutput>(path: string, options: GoldenOptions<O>): Promise<void> {
  const output = await options.emit(await readFile(`${path}.kql`, "utf8"));
  const problems = [
    ...(await differences(path, output, options.update === true)),
    ...(await explainProblem(output, options)),
  ];
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

async function differences(path: string, output: GoldenOutput, update: boolean): Promise<readonly string[]> {
  const found = await Promise.all(
    Object.entries(parts).map(async ([part, ending]) => {
      const text = withLineEnd(output[part as keyof typeof parts] ?? "");
      const kept = await contents(path + ending);
      if (text === kept) return [];
      if (!update) return [`${path}${ending} ${firstDifference(kept, text)} (npm run test:update writes it)`];
      await (text === "" ? rm(path + ending) : writeFile(path + ending, text));
      return [];
    }),
  );
  return found.flat();
}

async function explainProblem<O extends GoldenOutput>(
  output: O,
  { explain }: GoldenOptions<O>,
): Promise<readonly string[]> {
  if (explain === undefined || output.sql === undefined || output.sql === "") return [];
  try {
    await explain(output.sql, output);
    return [];
  } catch (error) {
    return [`the engine does not take the SQL: ${(error as Error).message}`];
  }
}

async function checkOrphans(
  folder: string,
  queries: ReadonlySet<string>,
  { update }: { readonly update: boolean },
): Promise<void> {
  const files = await filesBelow(folder, endings);
  const orphans = files.filter((file) => !endings.some((ending) => isPartOf(file, ending, queries)));
  if (update) await Promise.all(orphans.map((file) => rm(join(folder, file))));
  else if (orphans.length > 0) throw new Error(`no query beside ${orphans.join(", ")}`);
}

function isPartOf(file: string, ending: string, queries: ReadonlySet<string>): boolean {
  return file.endsWith(ending) && queries.has(file.slice(0, -ending.length));
}

async function contents(path: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).replaceAll("\r\n", "\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}

function withLineEnd(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
