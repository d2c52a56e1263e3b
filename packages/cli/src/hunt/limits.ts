import { UsageError } from "../exit.ts";

/** What one rule may take, as options say it. */
export interface LimitOptions {
  readonly timeout?: string;
  readonly maxRows?: string;
}

/** Milliseconds and rows for one rule. */
export function limitsOf({ timeout, maxRows = "100000" }: LimitOptions): {
  readonly timeoutMs?: number;
  readonly rowLimit: number;
} {
  const rowLimit = Number(maxRows);
  if (!Number.isInteger(rowLimit) || rowLimit < 1) throw new UsageError(`--max-rows '${maxRows}' is no number of rows`);
  if (timeout === undefined) return { rowLimit };
  const seconds = Number(timeout);
  if (!(seconds > 0)) throw new UsageError(`--timeout '${timeout}' is no number of seconds`);
  return { rowLimit, timeoutMs: seconds * 1000 };
}

/** `--memory 2GB` in the engine's words; undefined leaves the engine its share of the machine. */
export function memoryOption(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d*(MB|GB)$/i.test(text)) throw new UsageError(`--memory '${text}' is no size; expected one such as 2GB`);
  return text.toUpperCase();
}
