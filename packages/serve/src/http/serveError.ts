/** What a client did or met, in words that may leave the server: no path, no stack, no SQL. */
export class ServeError extends Error {
  readonly status: number;
  readonly code: string;
  /** Whether the same request fails again. */
  readonly permanent: boolean;
  readonly retryAfter: number | undefined;
  constructor(
    status: number,
    code: string,
    message: string,
    options: { readonly permanent?: boolean; readonly retryAfter?: number; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "ServeError";
    this.status = status;
    this.code = code;
    this.permanent = options.permanent ?? true;
    this.retryAfter = options.retryAfter;
  }

  static overloaded(retryAfter: number, what = "queries"): ServeError {
    return new ServeError(429, "TooManyRequests", `Too many ${what} are waiting; try again later.`, {
      permanent: false,
      retryAfter,
    });
  }
}
