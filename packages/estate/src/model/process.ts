import type { Account, Device } from "./device.ts";
import type { FileFact } from "./file.ts";

/** A session that a person opened from another machine. */
export interface RemoteSession {
  readonly deviceName: string;
  readonly ip: string;
}

/** What is known of the process that started another one. */
export interface ParentFact {
  readonly fileName: string;
  readonly processId: number;
  /** Ticks from the span's origin; before it when negative. */
  readonly created: number;
}

/** One run of a program on one device. */
export interface ProcessFact {
  readonly file: FileFact;
  readonly commandLine: string;
  readonly account: Account;
  readonly processId: number;
  readonly uniqueId: string;
  readonly created: number;
  readonly parent: ParentFact;
  readonly session: RemoteSession | undefined;
}

export function asParent(process: ProcessFact): ParentFact {
  return { fileName: process.file.name, processId: process.processId, created: process.created };
}

/** The id that stays unique over restarts: the boot's number above 48 bits of sequence; often beyond 2^53, hence text. */
export function uniqueProcessId(device: Device, sequence: number): string {
  return ((BigInt(device.boot) << 48n) + BigInt(sequence)).toString();
}
