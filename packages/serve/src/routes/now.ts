import { clock } from "../clock.ts";
import type { Service } from "../service.ts";

/** What `now()` says; with `resolved`, the newest event of any table stands for `latest`, so that a span can begin there. */
export async function nowOf(service: Service, options: { readonly resolved: boolean }): Promise<bigint | "latest"> {
  const now = service.now ?? clock();
  if (now !== "latest" || !options.resolved) return now;
  const { snapshot, done } = await service.tables.newest();
  done();
  let latest: bigint | undefined;
  for (const { lastEvent } of snapshot.tables)
    if (lastEvent !== null && (latest === undefined || lastEvent > latest)) latest = lastEvent;
  return latest ?? clock();
}
