import { ServeError } from "../http/serveError.ts";

/** What may wait, and for whom. */
export interface QueueLimits {
  /** Queries of all clients that may wait. */
  readonly waiting: number;
  /** Queries of one client that may wait. */
  readonly waitingEach: number;
}

interface Waiter<Slot> {
  readonly resolve: (slot: Slot) => void;
}

/** Hands out slots one client after another, so that one with many queries holds up nobody else. */
export interface FairQueue<Slot> {
  /** Waits for a slot; rejects with 429 where too many wait, and when `signal` is aborted. */
  take(client: string, signal: AbortSignal): Promise<Slot>;
  give(slot: Slot): void;
  waiting(): number;
}

export function fairQueue<Slot>(
  slots: readonly Slot[],
  limits: QueueLimits,
  /** Seconds after which it is worth trying again, when `waiting` wait. */
  retryAfter: (waiting: number) => number,
): FairQueue<Slot> {
  const free = [...slots];
  // A map keeps the order in which clients came; one that was served goes to the end.
  const clients = new Map<string, Waiter<Slot>[]>();
  let waiting = 0;
  const next = (): Waiter<Slot> | undefined => {
    for (const [client, list] of clients) {
      clients.delete(client);
      const waiter = list.shift();
      if (list.length > 0) clients.set(client, list);
      if (waiter !== undefined) return waiter;
    }
    return undefined;
  };
  return {
    waiting: () => waiting,
    take: (client, signal) => {
      signal.throwIfAborted();
      const slot = free.shift();
      if (slot !== undefined) return Promise.resolve(slot);
      const list = clients.get(client) ?? [];
      if (waiting >= limits.waiting || list.length >= limits.waitingEach)
        throw ServeError.overloaded(retryAfter(waiting));
      waiting++;
      clients.set(client, list);
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          const at = list.indexOf(waiter);
          if (at < 0) return;
          list.splice(at, 1);
          if (list.length === 0 && clients.get(client) === list) clients.delete(client);
          waiting--;
          reject(signal.reason);
        };
        const waiter: Waiter<Slot> = {
          resolve: (given) => {
            waiting--;
            signal.removeEventListener("abort", leave);
            resolve(given);
          },
        };
        list.push(waiter);
        signal.addEventListener("abort", leave, { once: true });
      });
    },
    give: (slot) => {
      const waiter = next();
      if (waiter === undefined) free.push(slot);
      else waiter.resolve(slot);
    },
  };
}
