import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));

/** The repository's own folder `conformance`, which holds cases and known gaps. */
export const conformanceFolder: string = resolve(repository, "conformance");

/** A folder of reference data beside the repository (or in `GOSHAWK_SHARED`); undefined where it is absent. */
export function sharedFolder(name: string): string | undefined {
  const folder = resolve(process.env.GOSHAWK_SHARED ?? resolve(repository, "../shared"), name);
  return existsSync(folder) ? folder : undefined;
}
