import { BINARY_XML, utf16, valueTexts } from "./values.ts";

/** An element of an event, with what templates leave open filled in. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (XmlElement | string)[];
}

/** Bytes that are no BinXML, or too much of it. */
export class BinXmlError extends Error {}

/** A 64 KiB piece of a log: offsets in its records count from its start, and templates are shared by its records. */
export interface Chunk {
  readonly bytes: Buffer;
  readonly templates: Map<number, readonly Part[]>;
}

type Part = string | Substitution | Pattern;

interface Substitution {
  readonly kind: "substitution";
  readonly index: number;
  readonly optional: boolean;
}

interface Pattern {
  readonly kind: "element";
  readonly name: string;
  readonly attributes: readonly { readonly name: string; readonly parts: readonly Part[] }[];
  readonly parts: readonly Part[];
}

interface Value {
  readonly type: number;
  readonly at: number;
  readonly size: number;
}

/** Where a text of tokens goes on, and how much one record may still ask for. */
interface Cursor {
  readonly chunk: Chunk;
  readonly budget: { left: number };
  /** Elements carry a dependency id, save where BinXML is a value. */
  readonly dependencyIds: boolean;
  readonly depth: number;
  at: number;
}

const MAX_DEPTH = 32;
/** Elements and characters of one record; a record has 64 KiB at most, but may use a value many times. */
const BUDGET = 2 ** 21;
const MORE = 0x40;

/** The root element of a record whose BinXML begins at `at`. */
export function readBinXml(chunk: Chunk, at: number): XmlElement {
  const cursor: Cursor = { chunk, budget: { left: BUDGET }, dependencyIds: true, depth: 0, at };
  const root = fill(readParts(cursor), [], cursor).find((part) => typeof part !== "string");
  if (root === undefined || typeof root === "string") throw new BinXmlError("the record holds no element");
  return root;
}

/** Tokens up to the end of a fragment, or of the element they stand in. */
function readParts(cursor: Cursor): readonly Part[] {
  const parts: Part[] = [];
  for (;;) {
    spend(cursor, 1);
    const token = byte(cursor);
    switch (token & ~MORE) {
      case 0x00:
      case 0x04:
        return parts;
      case 0x01:
        parts.push(readElement(cursor, (token & MORE) !== 0));
        break;
      case 0x05:
        byte(cursor);
        parts.push(countedText(cursor));
        break;
      case 0x07:
        parts.push(countedText(cursor));
        break;
      case 0x08:
        parts.push(String.fromCharCode(word(cursor)));
        break;
      case 0x09:
        parts.push(entity(readName(cursor)));
        break;
      case 0x0a:
        readName(cursor);
        break;
      case 0x0b:
        countedText(cursor);
        break;
      case 0x0c:
        parts.push(...readTemplate(cursor));
        break;
      case 0x0d:
      case 0x0e:
        parts.push({ kind: "substitution", index: word(cursor), optional: token === 0x0e });
        byte(cursor);
        break;
      case 0x0f:
        skip(cursor, 3);
        break;
      default:
        throw new BinXmlError(`an unknown token ${token} at byte ${cursor.at - 1} of its chunk`);
    }
  }
}

function readElement(cursor: Cursor, hasAttributes: boolean): Pattern {
  if (cursor.depth >= MAX_DEPTH) throw new BinXmlError(`elements more than ${MAX_DEPTH} deep`);
  if (cursor.dependencyIds) skip(cursor, 2);
  skip(cursor, 4);
  const name = readName(cursor);
  const attributes = hasAttributes ? readAttributes(cursor) : [];
  const token = byte(cursor);
  if (token === 0x03) return { kind: "element", name, attributes, parts: [] };
  if (token !== 0x02) throw new BinXmlError(`an element that doesn't begin at byte ${cursor.at - 1} of its chunk`);
  const inner: Cursor = { ...cursor, depth: cursor.depth + 1 };
  const parts = readParts(inner);
  cursor.at = inner.at;
  return { kind: "element", name, attributes, parts };
}

function readAttributes(cursor: Cursor): Pattern["attributes"] {
  skip(cursor, 4);
  const attributes: { readonly name: string; readonly parts: readonly Part[] }[] = [];
  while ((peek(cursor) & ~MORE) === 0x06) {
    byte(cursor);
    const name = readName(cursor);
    attributes.push({ name, parts: readAttributeValue(cursor) });
  }
  return attributes;
}

function readAttributeValue(cursor: Cursor): readonly Part[] {
  const parts: Part[] = [];
  for (;;) {
    const token = peek(cursor);
    switch (token & ~MORE) {
      case 0x05:
        skip(cursor, 2);
        parts.push(countedText(cursor));
        break;
      case 0x08:
        skip(cursor, 1);
        parts.push(String.fromCharCode(word(cursor)));
        break;
      case 0x09:
        skip(cursor, 1);
        parts.push(entity(readName(cursor)));
        break;
      case 0x0d:
      case 0x0e:
        skip(cursor, 1);
        parts.push({ kind: "substitution", index: word(cursor), optional: token === 0x0e });
        skip(cursor, 1);
        break;
      default:
        return parts;
    }
    spend(cursor, 1);
  }
}

/** A template and its values, as the elements that they make. */
function readTemplate(cursor: Cursor): readonly (XmlElementPart | string)[] {
  skip(cursor, 5);
  const definition = long(cursor);
  if (definition === cursor.at) {
    skip(cursor, 20);
    skip(cursor, 4 + long({ ...cursor }));
  }
  const parts = templateAt(definition, cursor);
  const values = readValues(cursor);
  return fill(parts, values, cursor).map((part) => (typeof part === "string" ? part : asPart(part)));
}

function templateAt(definition: number, cursor: Cursor): readonly Part[] {
  const known = cursor.chunk.templates.get(definition);
  if (known !== undefined) return known;
  const inner: Cursor = { ...cursor, at: definition + 24, dependencyIds: true, depth: cursor.depth + 1 };
  const parts = readParts(inner);
  cursor.chunk.templates.set(definition, parts);
  return parts;
}

function readValues(cursor: Cursor): readonly Value[] {
  const count = long(cursor);
  if (count * 4 > cursor.chunk.bytes.length) throw new BinXmlError(`${count} values in one record`);
  let at = cursor.at + count * 4;
  const values: Value[] = [];
  for (let index = 0; index < count; index++) {
    const size = word(cursor);
    const type = byte(cursor);
    skip(cursor, 1);
    values.push({ type, at, size });
    at += size;
  }
  if (at > cursor.chunk.bytes.length) throw new BinXmlError("values that reach beyond their chunk");
  cursor.at = at;
  return values;
}

/** An element that is filled already, among parts that are not. */
type XmlElementPart = Pattern & { readonly filled: XmlElement };

function asPart(filled: XmlElement): XmlElementPart {
  return { kind: "element", name: filled.name, attributes: [], parts: [], filled };
}

function fill(parts: readonly Part[], values: readonly Value[], cursor: Cursor): readonly (XmlElement | string)[] {
  return parts.flatMap((part) => {
    spend(cursor, 1);
    if (typeof part === "string") return [part];
    if (part.kind === "substitution") return substituted(values[part.index], cursor);
    if ("filled" in part) return [(part as XmlElementPart).filled];
    return fillElement(part, values, cursor);
  });
}

/** An array makes its element appear once for each item; an optional value that is absent makes it disappear. */
function fillElement(part: Pattern, values: readonly Value[], cursor: Cursor): readonly XmlElement[] {
  const [only] = part.parts;
  const hole = part.parts.length === 1 && typeof only === "object" && only.kind === "substitution" ? only : undefined;
  const value = hole === undefined ? undefined : values[hole.index];
  if (hole?.optional === true && (value === undefined || value.type === 0)) return [];
  const attributes = new Map<string, string>();
  for (const attribute of part.attributes) {
    const text = fill(attribute.parts, values, cursor).filter((item) => typeof item === "string");
    if (text.length > 0) attributes.set(attribute.name, text.join(""));
  }
  const { name } = part;
  if (value !== undefined && (value.type & 0x80) !== 0)
    return substituted(value, cursor).map((text) => ({ name, attributes, children: [text] }));
  return [{ name, attributes, children: fill(part.parts, values, cursor) }];
}

function substituted(value: Value | undefined, cursor: Cursor): readonly (XmlElement | string)[] {
  if (value === undefined || value.type === 0) return [];
  if (value.type === BINARY_XML) {
    if (value.size === 0) return [];
    if (cursor.depth >= MAX_DEPTH) throw new BinXmlError(`BinXML more than ${MAX_DEPTH} deep`);
    const inner: Cursor = { ...cursor, at: value.at, dependencyIds: false, depth: cursor.depth + 1 };
    return fill(readParts(inner), [], inner);
  }
  const texts = valueTexts(value.type, cursor.chunk.bytes.subarray(value.at, value.at + value.size));
  for (const text of texts) spend(cursor, text.length + 1);
  return texts;
}

/** A name stands where it is first used, and later uses give its place. */
function readName(cursor: Cursor): string {
  const offset = long(cursor);
  const length = cursor.chunk.bytes.readUInt16LE(offset + 6);
  const start = offset + 8;
  if (start + 2 * length > cursor.chunk.bytes.length) throw new BinXmlError("a name that reaches beyond its chunk");
  if (offset === cursor.at) skip(cursor, 8 + 2 * length + 2);
  spend(cursor, length);
  return utf16(cursor.chunk.bytes.subarray(start, start + 2 * length));
}

function countedText(cursor: Cursor): string {
  const length = 2 * word(cursor);
  const text = utf16(cursor.chunk.bytes.subarray(cursor.at, cursor.at + length));
  skip(cursor, length);
  spend(cursor, length);
  return text;
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function entity(name: string): string {
  return entities[name] ?? `&${name};`;
}

function spend(cursor: Cursor, cost: number): void {
  cursor.budget.left -= cost;
  if (cursor.budget.left < 0) throw new BinXmlError("a record that unfolds to more than 2 MiB");
}

function skip(cursor: Cursor, count: number): void {
  cursor.at += count;
  if (cursor.at > cursor.chunk.bytes.length) throw new BinXmlError("a record that reaches beyond its chunk");
}

function peek(cursor: Cursor): number {
  return cursor.chunk.bytes.readUInt8(cursor.at);
}

function byte(cursor: Cursor): number {
  return cursor.chunk.bytes.readUInt8(cursor.at++);
}

function word(cursor: Cursor): number {
  const value = cursor.chunk.bytes.readUInt16LE(cursor.at);
  cursor.at += 2;
  return value;
}

function long(cursor: Cursor): number {
  const value = cursor.chunk.bytes.readUInt32LE(cursor.at);
  cursor.at += 4;
  return value;
}
