/** How far a piece of KQL stands inside brackets, and inside a multi-line string, line by line. */
export interface KqlDepth {
  readonly brackets: number;
  readonly fence: boolean;
}

export const outside: KqlDepth = { brackets: 0, fence: false };

const token = /```|\/\/.*|@"(?:[^"]|"")*"?|@'(?:[^']|'')*'?|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[([{]|[)\]}]/g;

/** The depth after one more line. */
export function depthAfter(depth: KqlDepth, line: string): KqlDepth {
  let { brackets, fence } = depth;
  let rest = line;
  if (fence) {
    const close = line.indexOf("```");
    if (close < 0) return depth;
    rest = line.slice(close + 3);
    fence = false;
  }
  for (const [text] of rest.matchAll(token)) {
    if (text === "```") fence = !fence;
    else if (fence) continue;
    else if ("([{".includes(text)) brackets++;
    else if (")]}".includes(text)) brackets = Math.max(0, brackets - 1);
  }
  return { brackets, fence };
}
