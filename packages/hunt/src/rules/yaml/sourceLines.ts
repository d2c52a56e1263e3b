/** One line of YAML: where it stands, and whether it is part of a block scalar's text. */
export interface SourceLine {
  readonly start: number;
  readonly text: string;
  /** The key whose block scalar (`|` or `>`) the line belongs to. */
  readonly block?: string;
}

const header = /^( *)(?:- +)*([A-Za-z_][\w-]*): +[|>]([-+]?)([1-9]?)[-+]?(?: +#.*)?$/;

/** A line that opens a block scalar: its key, the column of the key's mapping, and the margin when it states one. */
export interface BlockHeader {
  readonly key: string;
  readonly indent: number;
  readonly margin?: number;
}

export function blockHeader(line: string): BlockHeader | undefined {
  const match = header.exec(line.trimEnd());
  if (match === null) return undefined;
  const [, spaces = "", key = "", , stated = ""] = match;
  const indent = spaces.length;
  return stated === "" ? { key, indent } : { key, indent, margin: indent + Number(stated) };
}

export function leadingSpaces(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}

/** The lines of a text with line feeds, in order. */
export function plainLines(text: string): readonly SourceLine[] {
  let start = 0;
  return text.split("\n").map((line) => {
    const at = start;
    start += line.length + 1;
    return { start: at, text: line };
  });
}

/** The lines of a text whose block scalars are well indented, with the block each belongs to. */
export function sourceLines(text: string): readonly SourceLine[] {
  let open: BlockHeader | undefined;
  return plainLines(text).map((line) => {
    const inside = open !== undefined && (line.text.trim() === "" || leadingSpaces(line.text) > open.indent);
    if (inside && open !== undefined) return { ...line, block: open.key };
    open = blockHeader(line.text);
    return line;
  });
}
