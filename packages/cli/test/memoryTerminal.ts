import type { Terminal } from "../src/terminal.ts";

/** A terminal that keeps what is written to it. */
export function memoryTerminal(): { readonly terminal: Terminal; readonly out: string[]; readonly notes: string[] } {
  const [out, notes]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    out: (text) => void out.push(text),
    note: (text) => void notes.push(text),
    progress: () => undefined,
    outIsTerminal: false,
    style: { width: 100, color: false },
    signal: new AbortController().signal,
  };
  return { terminal, out, notes };
}
