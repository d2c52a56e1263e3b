import type { Stretch } from "../text/origin.ts";
import type { YamlScalar } from "./node.ts";

/** Where each character of a scalar's text stands in the YAML it was read from. */
export function scalarStretches(scalar: YamlScalar, yaml: string): readonly Stretch[] {
  const raw = yaml.slice(scalar.start, scalar.end);
  return scalar.style === "literal" ? literal(scalar, raw) : folded(scalar, raw);
}

/** Line by line: what a literal block cuts off its lines is their margin. */
function literal(scalar: YamlScalar, raw: string): readonly Stretch[] {
  const written = raw.split("\n").slice(1);
  let at = 0;
  let lineStart = scalar.start + raw.indexOf("\n") + 1;
  return scalar.text.split("\n").map((line, index) => {
    const source = written[index] ?? "";
    const stretch = { at, offset: Math.min(lineStart + Math.max(0, source.length - line.length), scalar.end) };
    at += line.length + 1;
    lineStart += source.length + 1;
    return stretch;
  });
}

/** Character by character: folded and quoted text is the written one with white space and escapes rewritten. */
function folded(scalar: YamlScalar, raw: string): readonly Stretch[] {
  const found: Stretch[] = [];
  let from = scalar.style === "plain" ? 0 : scalar.style === "folded" ? raw.indexOf("\n") + 1 : 1;
  let expected = -1;
  for (let at = 0; at < scalar.text.length; at++) {
    from = nextCharacter(raw, from, scalar.text.charAt(at));
    if (from !== expected || raw.charAt(from - 1) === "\n") found.push({ at, offset: scalar.start + from });
    const [size, units] = writtenSize(scalar.style, raw, from);
    expected = from + 1;
    from = size > 1 ? from + size : expected;
    at += units - 1;
  }
  return found.length > 0 ? found : [{ at: 0, offset: scalar.start }];
}

/** White space that was folded away lies between two characters that were not. */
function nextCharacter(raw: string, from: number, character: string): number {
  if (/\s/.test(character)) return from;
  let at = from;
  while (at < raw.length && (/\s/.test(raw.charAt(at)) || raw.startsWith("\\\n", at))) at++;
  return at;
}

/** How many characters the escape at an offset takes, and how many UTF-16 units it stands for. */
function writtenSize(style: YamlScalar["style"], raw: string, at: number): readonly [size: number, units: number] {
  if (style === "single" && raw.startsWith("''", at)) return [2, 1];
  if (style !== "double" || raw.charAt(at) !== "\\") return [1, 1];
  const kind = raw.charAt(at + 1);
  if (kind === "U") return [10, Number.parseInt(raw.slice(at + 2, at + 10), 16) > 0xffff ? 2 : 1];
  return [kind === "u" ? 6 : kind === "x" ? 4 : 2, 1];
}
