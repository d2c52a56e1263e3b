import type { Backend } from "@goshawk/engine";
import type { Service } from "../service.ts";
import type { Held } from "./tables.ts";

/** A backend whose queries take turns with everybody else's, over one snapshot. */
export function huntBackend(service: Service, held: Held, client: string): Backend {
  return {
    query: (request, signal = new AbortController().signal) =>
      service.pool.use(client, held.snapshot, signal, (engine) => engine.query(request, signal)),
    close: () => Promise.resolve(),
  };
}
