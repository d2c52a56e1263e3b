import {
  createScanner,
  type Node,
  type ParseError,
  type ParseErrorCode,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import { limits } from "../limits.ts";
import { placeOf, type Reading, sayProblem } from "../notes.ts";
import type { YamlEntry, YamlNode, YamlScalar } from "../yaml/node.ts";

/** The official numbers of the brackets and of the end among the scanner's tokens. */
const OPEN: readonly number[] = [1, 3];
const CLOSE: readonly number[] = [2, 4];
const END = 17;

/** A JSON text as the nodes that rules are read from, or nothing and the problem why. Comments are left out. */
export function parseJson(reading: Reading): YamlNode | undefined {
  const { text } = reading.source;
  const tooDeepAt = tooDeep(text);
  if (tooDeepAt !== undefined) {
    sayProblem(reading, "too-deep", tooDeepAt, { limit: limits.depth });
    return undefined;
  }
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  for (const { error, offset } of errors.slice(0, limits.syntaxProblems))
    sayProblem(reading, "json-syntax", offset, { reason: reasonOf(error) });
  return tree === undefined || errors.length > 0 ? undefined : nodeOf(tree, reading);
}

/** The parser recurses: depth is measured before it runs. */
function tooDeep(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (let token: number = scanner.scan(); token !== END; token = scanner.scan()) {
    if (OPEN.includes(token) && ++depth > limits.depth) return scanner.getTokenOffset();
    if (CLOSE.includes(token)) depth--;
  }
  return undefined;
}

/** "PropertyNameExpected" is "property name expected". */
function reasonOf(code: ParseErrorCode): string {
  return printParseErrorCode(code)
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}

function nodeOf(node: Node, reading: Reading): YamlNode {
  const [start, end] = [node.offset, node.offset + node.length];
  if (node.type === "array")
    return { kind: "list", items: (node.children ?? []).map((item) => nodeOf(item, reading)), start, end };
  if (node.type === "object") return { kind: "map", entries: entriesOf(node, reading), flow: true, start, end };
  return scalarOf(node, reading.source.text, start, end);
}

function scalarOf(node: Node, source: string, start: number, end: number): YamlScalar {
  const value: unknown = node.value;
  if (typeof value === "string") return { kind: "scalar", value, text: value, style: "double", start, end };
  const text = value === null ? "" : source.slice(start, end);
  const plain = typeof value === "number" || typeof value === "boolean" ? value : null;
  return { kind: "scalar", value: plain, text, style: "plain", start, end };
}

function entriesOf(node: Node, reading: Reading): readonly YamlEntry[] {
  const seen = new Map<string, number>();
  return (node.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    if (key === undefined || value === undefined) return [];
    const name = String(key.value);
    // Of a key that stands twice, JSON readers take the last; which one is meant, nobody can say.
    const first = seen.get(name);
    if (first !== undefined) {
      sayProblem(reading, "duplicate-key", key.offset, { key: name, firstLine: placeOf(reading, first).line });
      return [];
    }
    seen.set(name, key.offset);
    return [{ key: name, keyStart: key.offset, keyEnd: key.offset + key.length, value: nodeOf(value, reading) }];
  });
}
