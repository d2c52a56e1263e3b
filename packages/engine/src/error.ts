import type { Diagnostic } from "@goshawk/kql";

/** The engine or the world behind it failed; `retry` says whether the same call may succeed later. */
export class BackendError extends Error {
  readonly kind: "failed" | "cancelled" | "timeout" | "memory";
  readonly retry: boolean;
  /** What the query raised itself while it ran; undefined where the engine failed. */
  readonly diagnostic: Diagnostic | undefined;
  constructor(
    kind: BackendError["kind"],
    message: string,
    options: { readonly cause?: unknown; readonly retry?: boolean; readonly diagnostic?: Diagnostic | undefined } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "BackendError";
    this.kind = kind;
    this.retry = options.retry ?? false;
    this.diagnostic = options.diagnostic;
  }
}
