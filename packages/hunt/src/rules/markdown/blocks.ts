/** A fenced code block, the headings above it, and where its text stands. */
export interface CodeBlock {
  readonly language: string;
  /** From the document's title to the nearest heading. */
  readonly headings: readonly string[];
  readonly lines: readonly BlockLine[];
  /** Offset of the opening fence. */
  readonly start: number;
  readonly closed: boolean;
}

/** A line of a block without the fence's own indentation, and with its line end. */
export interface BlockLine {
  readonly text: string;
  readonly offset: number;
}

interface Fence {
  readonly mark: string;
  readonly indent: number;
  readonly block: { readonly language: string; readonly headings: readonly string[]; readonly start: number };
  readonly lines: BlockLine[];
}

interface Heading {
  readonly level: number;
  readonly text: string;
}

/** The fenced code blocks of a Markdown text, in order. */
export function codeBlocks(text: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let headings: readonly Heading[] = [];
  let fence: Fence | undefined;
  let above = "";
  for (const line of linesWithEnds(text)) {
    if (fence === undefined) {
      headings = withHeading(headings, headingOf(line.text, above));
      fence = openingFence(line, headings);
      above = line.text.trim();
    } else if (closes(fence, line.text)) {
      blocks.push({ ...fence.block, lines: fence.lines, closed: true });
      fence = undefined;
    } else fence.lines.push(withoutIndent(line, fence.indent));
  }
  return fence === undefined ? blocks : [...blocks, { ...fence.block, lines: fence.lines, closed: false }];
}

function linesWithEnds(text: string): readonly BlockLine[] {
  return [...text.matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g)]
    .filter((line) => line[0] !== "")
    .map((line) => ({ text: line[0], offset: line.index }));
}

function openingFence(line: BlockLine, headings: readonly Heading[]): Fence | undefined {
  const [, indent = "", mark = "", info = ""] = /^( *)(`{3,}|~{3,})([^`\r\n]*)/.exec(line.text) ?? [];
  if (mark === "" || (mark.startsWith("`") && line.text.slice(indent.length + mark.length).includes("`")))
    return undefined;
  const language =
    info
      .trim()
      .split(/[\s,{]/)[0]
      ?.toLowerCase() ?? "";
  const block = { language, headings: headings.map(({ text }) => text), start: line.offset + indent.length };
  return { mark, indent: indent.length, block, lines: [] };
}

function closes({ mark }: Fence, line: string): boolean {
  const text = line.trim();
  return text.length >= mark.length && text.startsWith(mark) && text === mark.charAt(0).repeat(text.length);
}

function withoutIndent(line: BlockLine, indent: number): BlockLine {
  const spaces = Math.min(indent, /^ */.exec(line.text)?.[0].length ?? 0);
  return { text: line.text.slice(spaces), offset: line.offset + spaces };
}

function headingOf(line: string, above: string): Heading | undefined {
  const [, marks = "", text = ""] = /^ {0,3}(#{1,6})(?: +(.*))?$/.exec(line.trimEnd()) ?? [];
  if (marks !== "") return { level: marks.length, text: text.replace(/(^| +)#+$/, "").trim() };
  if (above !== "" && /^ {0,3}=+$/.test(line.trimEnd())) return { level: 1, text: above };
  if (above !== "" && /^ {0,3}-{2,}$/.test(line.trimEnd())) return { level: 2, text: above };
  return undefined;
}

function withHeading(headings: readonly Heading[], heading: Heading | undefined): readonly Heading[] {
  if (heading === undefined || heading.text === "") return headings;
  return [...headings.filter(({ level }) => level < heading.level), heading];
}
