import { readFile } from "node:fs/promises";
import { isSeq, LineCounter, type Node, parseDocument } from "yaml";

/** A complaint about a file, at a line (from 1). */
export interface FileProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** An item of a YAML list: mappings are Maps (their order counts), whole numbers bigints. */
export interface YamlItem {
  readonly value: unknown;
  readonly line: number;
}

export interface YamlList {
  readonly items: readonly YamlItem[];
  readonly problems: readonly FileProblem[];
}

/** The items of the list that a YAML file holds; a file that is no list has problems and no items. */
export async function readYamlList(file: string): Promise<YamlList> {
  const lines = new LineCounter();
  const document = parseDocument(await readFile(file, "utf8"), {
    lineCounter: lines,
    intAsBigInt: true,
    prettyErrors: false,
  });
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const problems = [...document.errors, ...document.warnings].map(({ pos, message }) => {
    return { file, line: lineAt(pos[0]), message };
  });
  if (problems.length > 0) return { items: [], problems };
  const { contents } = document;
  if (contents === null) return { items: [], problems: [] };
  if (!isSeq<Node>(contents)) return { items: [], problems: [{ file, line: 1, message: "should be a list" }] };
  const items = contents.items.map((node) => {
    return { value: node.toJS(document, { mapAsMap: true }) as unknown, line: lineAt(node.range?.[0] ?? 0) };
  });
  return { items, problems: [] };
}

/** What a file's items were read into, and what could not be read. */
export interface ReadItems<T> {
  readonly items: readonly T[];
  readonly problems: readonly FileProblem[];
}

/** Reads each item, turning what `read` throws into a problem at the item's line. */
export async function readItems<T>(
  file: string,
  read: (value: unknown) => T,
): Promise<ReadItems<T & { line: number }>> {
  const list = await readYamlList(file);
  const items: (T & { line: number })[] = [];
  const problems = [...list.problems];
  for (const { value, line } of list.items) {
    try {
      items.push({ ...read(value), line });
    } catch (error) {
      problems.push({ file, line, message: (error as Error).message });
    }
  }
  return { items, problems };
}
