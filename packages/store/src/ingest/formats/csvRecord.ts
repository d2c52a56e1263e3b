/** A record in the making: cells that are whole, and the one that is being read. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly open: string;
  /** `within` quotes, behind the `closed` one, or `bare`. */
  readonly state: "start" | "bare" | "within" | "closed";
}

export const emptyRecord: CsvRecord = { cells: [], open: "", state: "start" };

/**
 * Goes on with a record by one line (line end included). `undefined` when a closing quote is followed by text;
 * the record is whole unless its state is `within`.
 */
export function continueRecord(record: CsvRecord, line: string, delimiter: string): CsvRecord | undefined {
  const cells = [...record.cells];
  let { open, state } = record;
  let at = 0;
  while (at < line.length) {
    if (state === "within") {
      const quote = line.indexOf('"', at);
      open += line.slice(at, quote < 0 ? line.length : quote);
      if (quote < 0) return { cells, open, state };
      const doubled = line[quote + 1] === '"';
      if (doubled) open += '"';
      else state = "closed";
      at = quote + (doubled ? 2 : 1);
      continue;
    }
    const character = line[at];
    if (character === delimiter || isEnd(line, at)) {
      cells.push(open);
      open = "";
      state = "start";
      if (character !== delimiter) return { cells, open, state };
    } else if (state === "closed") return undefined;
    else if (state === "start" && character === '"') state = "within";
    else {
      state = "bare";
      open += character;
    }
    at++;
  }
  return { cells: [...cells, open], open: "", state: "start" };
}

function isEnd(line: string, at: number): boolean {
  return line[at] === "\n" || (line[at] === "\r" && line[at + 1] === "\n");
}
