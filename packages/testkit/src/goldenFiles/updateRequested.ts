interface VitestWorker {
  readonly config?: { readonly snapshotOptions?: { readonly updateSnapshot?: string } };
}

/** Whether golden files are to be rewritten: `UPDATE` is set, or Vitest runs with `--update`. */
export function updateRequested(): boolean {
  const asked = process.env.UPDATE ?? "";
  return (asked !== "" && asked !== "0") || vitestSnapshotMode() === "all";
}

/** `--update` does not reach the arguments of a worker; its configuration is the only trace. */
export function vitestSnapshotMode(): string | undefined {
  const worker = (globalThis as { readonly __vitest_worker__?: VitestWorker }).__vitest_worker__;
  return worker?.config?.snapshotOptions?.updateSnapshot;
}
