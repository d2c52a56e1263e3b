import type { Receipt } from "../store/receipt.ts";
import type { Store } from "../store/store.ts";

export interface IngestOptions {
  readonly store: Store;
  /** Table for every row, in place of detection. */
  readonly table?: string;
  /** Store a file again that is stored already. */
  readonly again?: boolean;
  /** IANA zone of portal times that name none; UTC by default. */
  readonly timeZone?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: IngestProgress) => void;
  /** Called once a file's rows are durable. */
  readonly onReceipt?: (receipt: Receipt) => void;
}

export interface IngestProgress {
  readonly path: string;
  /** Files finished, and files found so far. */
  readonly files: number;
  readonly of: number;
  /** Bytes read of all files, and their size on disk; `of` is undefined for standard input. */
  readonly bytes: number;
  readonly bytesOf: number | undefined;
  readonly rows: number;
}

export interface FailedFile {
  readonly path: string;
  /** What stands in the way, where, and the next move. */
  readonly message: string;
}

export interface IngestReport {
  readonly stored: readonly Receipt[];
  /** Files stored before, with the receipt of that time. */
  readonly known: readonly { readonly path: string; readonly receipt: Receipt }[];
  readonly failed: readonly FailedFile[];
  /** True when the signal stopped the work; what is in `stored` is stored. */
  readonly interrupted: boolean;
}
