import { type Document, isAlias, isMap, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLMap } from "yaml";
import { limits } from "../limits.ts";
import { type Reading, sayProblem } from "../notes.ts";
import { placeIn } from "../text/lines.ts";
import type { YamlEntry, YamlNode, YamlScalar } from "./node.ts";

/** A node that carries an anchor and how many nodes it stands for; "open" while it is being read. */
type Anchored = { readonly node: YamlNode; readonly size: number } | "open";

interface Reader {
  readonly reading: Reading;
  readonly anchors: Map<string, Anchored>;
  size: number;
}

type Source = ParsedNode | null | undefined;

/** Reads a document as plain data; what is wrong becomes a problem, and an empty scalar stands in for it. */
export function readDocument(document: Document.Parsed<ParsedNode>, reading: Reading): YamlNode {
  return read(document.contents, document.range[0], { reading, anchors: new Map(), size: 0 });
}

function read(source: Source, at: number, reader: Reader): YamlNode {
  if (source === null || source === undefined) return empty(at);
  if (isAlias(source)) return expand(source.source, source.range[0], reader);
  const before = reader.size++;
  if (source.anchor === undefined) return readPlain(source, reader);
  reader.anchors.set(source.anchor, "open");
  const node = readPlain(source, reader);
  reader.anchors.set(source.anchor, { node, size: reader.size - before });
  return node;
}

function readPlain(source: ParsedNode, reader: Reader): YamlNode {
  const [start, end] = source.range;
  if (isScalar(source)) return scalar(source, start, end);
  if (isSeq(source)) {
    return { kind: "list", items: source.items.map((item) => read(item, start, reader)), start, end };
  }
  if (isMap(source)) return { kind: "map", entries: entries(source, reader), flow: source.flow === true, start, end };
  return empty(start);
}

function expand(name: string, at: number, reader: Reader): YamlNode {
  const anchored = reader.anchors.get(name);
  if (anchored === undefined) sayProblem(reader.reading, "unknown-alias", at, { name });
  else if (anchored === "open") sayProblem(reader.reading, "alias-loop", at, { name });
  else if (reader.size + anchored.size > limits.expandedNodes) {
    sayProblem(reader.reading, "too-many-aliases", at, { name, limit: limits.expandedNodes });
  } else {
    reader.size += anchored.size;
    return anchored.node;
  }
  return empty(at);
}

function entries(map: YAMLMap.Parsed, reader: Reader): readonly YamlEntry[] {
  const seen = new Map<string, number>();
  const found: YamlEntry[] = [];
  for (const pair of map.items) {
    const key = read(pair.key, map.range[0], reader);
    const value = read(pair.value, key.end, reader);
    const name = key.kind === "scalar" ? key.text : undefined;
    if (name === undefined) sayProblem(reader.reading, "complex-key", key.start, {});
    else if (seen.has(name)) sayDuplicate(reader.reading, name, key.start, seen.get(name) ?? 0);
    else {
      seen.set(name, key.start);
      found.push({ key: name, keyStart: key.start, keyEnd: key.end, value });
    }
  }
  return found;
}

function sayDuplicate(reading: Reading, key: string, at: number, first: number): void {
  const { line } = placeIn(reading.notes.lineStarts, reading.source.toFile(first));
  sayProblem(reading, "duplicate-key", at, { key, firstLine: line });
}

const styles = {
  BLOCK_LITERAL: "literal",
  BLOCK_FOLDED: "folded",
  PLAIN: "plain",
  QUOTE_SINGLE: "single",
  QUOTE_DOUBLE: "double",
} as const;

function scalar(source: Scalar.Parsed, start: number, end: number): YamlScalar {
  const { value } = source;
  const plain = value === null || typeof value === "boolean" || typeof value === "number";
  const text = typeof value === "string" ? value : source.source;
  return { kind: "scalar", value: plain ? value : text, text, style: styles[source.type ?? "PLAIN"], start, end };
}

function empty(at: number): YamlScalar {
  return { kind: "scalar", value: null, text: "", style: "plain", start: at, end: at };
}
