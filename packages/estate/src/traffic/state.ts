import type { ResidentName } from "../facts/windows.ts";
import type { Program } from "../model/program.ts";
import type { RenderedDevice, RenderedFile, RenderedProcess } from "../write/rendered.ts";

/** A program on a device: its own libraries, and its newest run once it was started. */
export interface Slot {
  readonly program: Program;
  readonly file: RenderedFile;
  readonly libraries: RenderedFile[];
  run: RenderedProcess | undefined;
}

/** A file that was written to the device and whose certificate is yet to be checked. */
export interface Arrival {
  readonly file: RenderedFile;
  readonly slot: Slot;
}

/** What background activity knows of a device; it grows as files arrive, up to a limit. */
export interface DeviceState {
  readonly device: RenderedDevice;
  readonly residents: Readonly<Record<ResidentName, RenderedProcess>>;
  readonly residentList: readonly RenderedProcess[];
  /** Programs with a run, the ones from the start first. */
  readonly running: Slot[];
  /** Programs that nobody has started so far. */
  readonly waiting: Slot[];
  /** Libraries of Windows that are in use. */
  readonly libraries: RenderedFile[];
  readonly checked: RenderedFile[];
  readonly unchecked: Arrival[];
  /** Files of the program being installed. */
  readonly installing: Arrival[];
  readonly installed: Set<number>;
  windowsChecked: number;
  nextReportId: number;
  nextProcess: number;
}
