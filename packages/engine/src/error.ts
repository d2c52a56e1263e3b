/** The engine or the world behind it failed; `retry` says whether the same call may succeed later. */
export class BackendError extends Error {
  readonly kind: "failed" | "cancelled" | "timeout" | "memory";
  readonly retry: boolean;
  constructor(
    kind: BackendError["kind"],
    message: string,
    options: { readonly cause?: unknown; readonly retry?: boolean } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "BackendError";
    this.kind = kind;
    this.retry = options.retry ?? false;
  }
}
