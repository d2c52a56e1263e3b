import { readFile, stat } from "node:fs/promises";
import { functionFault, type StoredFunction } from "@goshawk/kql";
import { filesBelow } from "../filesBelow.ts";
import { decodeRuleText } from "../rules/text/decode.ts";
import type { FunctionFile, FunctionProblem } from "./functionFile.ts";
import { kqlFunctions } from "./kqlFunctions.ts";
import { yamlFunctions } from "./yamlFunctions.ts";

const MOST_BYTES = 4 * 2 ** 20;
const endings = /\.(ya?ml|kql|kusto|csl|txt)$/i;

/** The functions of files, and of folders with all below them, by name; each name is defined once. */
export async function loadFunctions(
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<{ readonly functions: readonly StoredFunction[]; readonly files: readonly FunctionFile[] }> {
  const known = new Map<string, string>();
  const files: FunctionFile[] = [];
  for (const path of paths) {
    for await (const file of filesBelow(path, endings, signal)) files.push(onlyNew(await functionFile(file), known));
  }
  return { functions: files.flatMap((file) => file.functions), files };
}

/** The functions of one file; what can't be read is a problem of the file. */
async function functionFile(path: string): Promise<FunctionFile> {
  const problem = (message: string, next: string, line = 1): FunctionProblem => ({ path, line, message, next });
  try {
    const { size } = await stat(path);
    if (size > MOST_BYTES) throw new Error(`the file has ${size} bytes, and may have ${MOST_BYTES}`);
    const { text } = decodeRuleText(new Uint8Array(await readFile(path)));
    const found = functionsIn(text, path);
    const faults = found.flatMap((item) => {
      const fault = functionFault(item);
      return fault === undefined ? [] : [problem(`'${item.name}' can't be used: ${fault}`, "Mend its KQL.")];
    });
    const functions = faults.length > 0 ? [] : found;
    return { path, functions, problems: faults };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { path, functions: [], problems: [problem(message, "Look at the file.")] };
  }
}

function functionsIn(text: string, path: string): readonly StoredFunction[] {
  if (!/\.ya?ml$/i.test(path)) return kqlFunctions(text, path);
  const found = yamlFunctions(text);
  if (found === undefined) throw new Error("it has no ParserName and ParserQuery, nor FunctionName and FunctionQuery");
  return found;
}

/** A name that another file defines already is left out, and said. */
function onlyNew(file: FunctionFile, known: Map<string, string>): FunctionFile {
  const functions: StoredFunction[] = [];
  const problems: FunctionProblem[] = [...file.problems];
  for (const item of file.functions) {
    const other = known.get(item.name);
    if (other === undefined) {
      known.set(item.name, file.path);
      functions.push(item);
    } else {
      const message = `'${item.name}' is defined in ${other} already; this definition is left out.`;
      problems.push({ path: file.path, line: 1, message, next: "Keep one of the two." });
    }
  }
  return { ...file, functions, problems };
}
