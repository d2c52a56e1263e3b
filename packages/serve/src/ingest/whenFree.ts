import { ServeError } from "../http/serveError.ts";

/** Runs what writes into the store; where another process does so already, the client is told to come again. */
export async function whenFree<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof Error && cause.name === "StoreBusyError")) throw cause;
    throw new ServeError(429, "StoreBusy", "Another process writes into the store; try again later.", {
      permanent: false,
      retryAfter: 5,
      cause,
    });
  }
}
