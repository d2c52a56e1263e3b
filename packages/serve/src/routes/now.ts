import { clock } from "../clock.ts";
import type { Service } from "../service.ts";

/** What `now()` says, in ticks; `latest` is the newest event of the store, so that all queries have the same clock. */
export async function nowOf(service: Service, asked: bigint | "latest" | undefined = service.now): Promise<bigint> {
  if (asked !== "latest") return asked ?? clock();
  const { snapshot, done } = await service.tables.newest();
  done();
  let latest: bigint | undefined;
  for (const { lastEvent } of snapshot.tables)
    if (lastEvent !== null && (latest === undefined || lastEvent > latest)) latest = lastEvent;
  return latest ?? clock();
}
