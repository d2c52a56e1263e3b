import { run, type Spans } from "./machine.ts";
import { anchored, parseRegex } from "./parse.ts";
import { compileProgram, ProgramTooLarge } from "./program.ts";

/** A regular expression that can be held against texts. */
export interface Regex {
  /** How many groups there are besides the whole match. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  /** The first match at or after `start`, an index of UTF-16 units. */
  find(text: string, start: number): Spans | undefined;
}

/** A regular expression of Kusto, or why the text is none and where. */
export type CompiledRegex =
  | { readonly ok: true; readonly regex: Regex }
  | { readonly ok: false; readonly message: string; readonly at: number };

const REMEMBERED = 64;
const memory = new Map<string, CompiledRegex>();

/** Where a match must be: anywhere, or at an end of the text. */
export type Anchor = "none" | "start" | "end";

/** Compiles a regular expression; the last few are remembered. */
export function compileRegex(pattern: string, anchor: Anchor = "none"): CompiledRegex {
  const key = `${anchor}:${pattern}`;
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = compile(pattern, anchor);
  if (memory.size >= REMEMBERED) memory.clear();
  memory.set(key, made);
  return made;
}

function compile(pattern: string, anchor: Anchor): CompiledRegex {
  const parsed = parseRegex(pattern);
  if (!parsed.ok) return parsed;
  const tree = anchor === "none" ? parsed.tree : anchored(parsed.tree, anchor);
  try {
    const program = compileProgram(tree);
    const slots = 2 * (tree.groups + 1);
    const find = (text: string, start: number): Spans | undefined => run(program, slots, text, start);
    return { ok: true, regex: { groups: tree.groups, names: tree.names, find } };
  } catch (error) {
    if (error instanceof ProgramTooLarge) return { ok: false, message: error.message, at: 0 };
    throw error;
  }
}

/** All matches, none over another; an empty one never directly behind the one before it. */
export function* matches(regex: Regex, text: string): Generator<Spans> {
  let last = -1;
  for (let at = 0; at <= text.length; ) {
    const found = regex.find(text, at);
    if (found === undefined) return;
    const [begin = 0, end = 0] = found;
    if (begin === end && end === last) {
      at = end + widthAt(text, end);
      continue;
    }
    yield found;
    last = end;
    at = end;
  }
}

const widthAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

/** The text of a group, empty where it took no part. */
export function groupText(text: string, spans: Spans, group: number): string {
  const [begin, end] = [spans[2 * group] ?? -1, spans[2 * group + 1] ?? -1];
  return begin < 0 || end < 0 ? "" : text.slice(begin, end);
}
