import { join } from "node:path";
import { dateText, dayOf, type Span, wholeSecond } from "../clock.ts";
import type { Device } from "../model/device.ts";
import { createPortalFilter } from "../portalDays.ts";
import { eachTable, type TableName, tableNames } from "../tables.ts";
import { type Out, putText } from "./out.ts";
import { allocateBuffer, OutputFile } from "./outputFile.ts";
import { portalHeader, portalLine } from "./portalCsv.ts";

export type EstateFormat = "defender-streaming" | "defender-portal-csv";

/** A file of the estate. */
export interface EstateFile {
  /** Relative to the estate's folder, with `/`. */
  readonly path: string;
  readonly table: TableName;
  readonly format: EstateFormat;
  readonly rows: number;
  readonly bytes: number;
}

/** Where rows go: one file a table and day. Rows are written in the order of days. */
export interface Sink {
  /** Where to write the next row; `commit` must follow. */
  readonly begin: (table: TableName, device: Device, tick: number) => Out;
  /** Ends the row, and writes to the disk when the buffer is full. */
  readonly commit: () => void;
  readonly close: () => readonly EstateFile[];
  readonly abandon: () => void;
  /** The time that a row bears in its file: whole seconds in a portal export. */
  readonly writtenTick: (table: TableName, device: Device, tick: number) => number;
}

interface OpenFile {
  readonly file: OutputFile;
  readonly table: TableName;
  readonly format: EstateFormat;
  readonly path: string;
  rows: number;
}

export function createSink(folder: string, span: Span): Sink {
  const isPortal = createPortalFilter(span);
  const finished: EstateFile[] = [];
  const scratch: Out = { bytes: Buffer.allocUnsafe(1 << 16), at: 0 };
  const lanes = { streaming: eachTable(createLane), portal: eachTable(createLane) };
  const allLanes = [...Object.values(lanes.streaming), ...Object.values(lanes.portal)];
  let day = Number.NaN;
  let current: OpenFile | undefined;

  const start = (lane: Lane, format: EstateFormat, table: TableName): OpenFile => {
    lane.buffer ??= allocateBuffer();
    const path = pathOf(format, table, dateText(span, day));
    const open: OpenFile = { file: new OutputFile(join(folder, path), lane.buffer), table, format, path, rows: 0 };
    if (format === "defender-portal-csv") putText(open.file.out, portalHeader(table));
    lane.open = open;
    return open;
  };
  const finishDay = (): void => {
    for (const lane of allLanes) {
      if (lane.open === undefined) continue;
      const { file, table, format, path, rows } = lane.open;
      file.close();
      finished.push({ path, table, format, rows, bytes: file.bytes });
      lane.open = undefined;
    }
  };

  return {
    begin: (table, device, tick) => {
      if (dayOf(tick) !== day) {
        finishDay();
        day = dayOf(tick);
      }
      if (isPortal(table, day, device)) {
        const lane = lanes.portal[table];
        current = lane.open ?? start(lane, "defender-portal-csv", table);
        scratch.at = 0;
        return scratch;
      }
      const lane = lanes.streaming[table];
      current = lane.open ?? start(lane, "defender-streaming", table);
      return current.file.out;
    },
    commit: () => {
      if (current === undefined) throw new RangeError("commit without begin");
      current.rows++;
      if (current.format === "defender-portal-csv") {
        putText(current.file.out, portalLine(current.table, scratch.bytes.toString("utf8", 0, scratch.at)));
      }
      current.file.makeRoom();
    },
    close: () => {
      finishDay();
      return finished;
    },
    abandon: () => {
      for (const lane of allLanes) lane.open?.file.abandon();
    },
    writtenTick: (table, device, tick) => (isPortal(table, dayOf(tick), device) ? wholeSecond(tick) : tick),
  };
}

/** The place of one table in one format: a file open now, and a buffer that outlives it. */
interface Lane {
  buffer: Buffer | undefined;
  open: OpenFile | undefined;
}

function createLane(): Lane {
  return { buffer: undefined, open: undefined };
}

/** Top-level folders that a sink makes. */
export const sinkFolders: readonly string[] = ["portal-export", ...tableNames.map(streamFolder)];

function pathOf(format: EstateFormat, table: TableName, date: string): string {
  if (format === "defender-portal-csv") return `portal-export/${table}_${date}.csv`;
  const [year, month, dayOfMonth] = date.split("-");
  return `${streamFolder(table)}/y=${year}/m=${month}/d=${dayOfMonth}/PT24H.json`;
}

function streamFolder(table: TableName): string {
  return `insights-logs-advancedhunting-${table.toLowerCase()}`;
}
