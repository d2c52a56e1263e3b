import { createHash } from "node:crypto";

/** What names a text of KQL in a journal. */
export function queryDigestOf(query: string): string {
  return createHash("sha256").update(query).digest("hex").slice(0, 16);
}
