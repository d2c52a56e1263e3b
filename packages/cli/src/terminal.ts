import type { Writable } from "node:stream";
import pc from "picocolors";
import { forTerminal } from "./output/escape.ts";
import type { TableStyle } from "./output/table.ts";

/** What a command may write to and know of its surroundings. */
export interface Terminal {
  /** Results. */
  out(text: string): void;
  /** Progress, notes and errors. */
  note(text: string): void;
  /** A line that the next one overwrites; where standard error is no terminal, one line in ten seconds. */
  progress(text: string): void;
  readonly outIsTerminal: boolean;
  readonly style: TableStyle;
  readonly signal: AbortSignal;
}

const BETWEEN_LINES_MS = 10_000;

/** The process's own streams; NO_COLOR and FORCE_COLOR are honoured. */
export function processTerminal(signal: AbortSignal): Terminal {
  const outIsTerminal = process.stdout.isTTY === true;
  const errIsTerminal = process.stderr.isTTY === true;
  let pending = 0;
  let told = performance.now();
  const clear = (): void => {
    if (pending > 0) process.stderr.write("\r\u001b[K");
    pending = 0;
  };
  return {
    out: (text) => {
      clear();
      write(process.stdout, text);
    },
    note: (text) => {
      clear();
      write(process.stderr, `${text}\n`);
    },
    progress: (said) => {
      const text = forTerminal(said);
      if (!errIsTerminal) {
        if (performance.now() - told < BETWEEN_LINES_MS) return;
        told = performance.now();
        process.stderr.write(`${text}\n`);
        return;
      }
      process.stderr.write(`\r\u001b[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
      pending = text.length;
    },
    outIsTerminal,
    style: {
      width: outIsTerminal ? (process.stdout.columns ?? 120) : Number.POSITIVE_INFINITY,
      color: colors(outIsTerminal),
    },
    signal,
  };
}

function colors(terminal: boolean): boolean {
  if (process.env.NO_COLOR !== undefined && process.env.NO_COLOR !== "") return false;
  if (process.env.FORCE_COLOR !== undefined && process.env.FORCE_COLOR !== "0") return true;
  return terminal && pc.isColorSupported;
}

function write(stream: Writable, text: string): void {
  stream.write(text);
}
