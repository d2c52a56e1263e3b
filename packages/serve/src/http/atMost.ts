import { ServeError } from "./serveError.ts";

/** Lets so many pieces of work of a kind run at once; one more is told to come again later. */
export function atMost(most: number, what: string): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  return async (work) => {
    if (running >= most) throw ServeError.overloaded(10, what);
    running++;
    try {
      return await work();
    } finally {
      running--;
    }
  };
}
