import type { TableName } from "../tables.ts";
import type { Row, RowWriters } from "../write/rows.ts";
import type { Sink } from "../write/sink.ts";
import type { DeviceState } from "./state.ts";

/** Sends rows to the sink and numbers them, device by device. */
export interface Emitter {
  readonly writers: RowWriters;
  /** Writes a row and returns its `ReportId`. */
  readonly emit: (table: TableName, state: DeviceState, tick: number, write: (row: Row) => void) => number;
  readonly rows: () => number;
  /** When the first row was; infinity before it. */
  readonly firstTick: () => number;
}

export function createEmitter(sink: Sink, writers: RowWriters): Emitter {
  let rows = 0;
  let firstTick = Number.POSITIVE_INFINITY;
  return {
    writers,
    emit: (table, state, tick, write) => {
      const reportId = state.nextReportId++;
      write({ out: sink.begin(table, state.device.fact, tick), device: state.device, reportId, tick });
      sink.commit();
      if (rows === 0) firstTick = tick;
      rows++;
      return reportId;
    },
    rows: () => rows,
    firstTick: () => firstTick,
  };
}
