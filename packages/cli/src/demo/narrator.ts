import pc from "picocolors";
import type { ExitCode } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

const WIDTH = 150;

/** Tells a story of commands: what comes, the command as a person would type it, and what it says, in lines that fit. */
export function narrator(terminal: Terminal): {
  readonly say: (text: string) => void;
  readonly run: (command: string, work: (terminal: Terminal) => Promise<ExitCode>) => Promise<ExitCode>;
} {
  const width = Math.min(terminal.style.width, WIDTH);
  const colors = pc.createColors(terminal.style.color);
  const repairs = new Set<string>();
  const shown: Terminal = {
    ...terminal,
    style: { ...terminal.style, width },
    note: (text) => {
      // Every command that reads the page repairs it anew; once is enough for a reader.
      if (repairs.has(text)) return;
      if (/: repaired: |^--write /.test(text)) repairs.add(text);
      for (const line of text.split("\n")) terminal.note(wrapped(line, width));
    },
  };
  return {
    say: (text) => terminal.note(`\n${colors.bold(wrapped(text, width))}`),
    run: (command, work) => {
      terminal.note(`\n${colors.cyan(`$ npx goshawk ${command}`)}\n`);
      return work(shown);
    },
  };
}

/** Breaks a line at spaces; what has none stays whole. */
function wrapped(line: string, width: number): string {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const at = rest.lastIndexOf(" ", width);
    if (at <= 4) break;
    lines.push(rest.slice(0, at));
    rest = `    ${rest.slice(at + 1)}`;
  }
  return [...lines, rest].join("\n");
}
