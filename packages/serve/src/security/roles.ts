/** What a client may do: look, hunt and decide on findings, bring data, or everything. */
export const roles = ["read", "hunt", "ingest", "admin"] as const;
export type Role = (typeof roles)[number];
export type Right = "read" | "hunt" | "ingest" | "admin";

const rights: Readonly<Record<Role, readonly Right[]>> = {
  read: ["read"],
  hunt: ["read", "hunt"],
  ingest: ["ingest"],
  admin: ["read", "hunt", "ingest", "admin"],
};

export function may(role: Role, right: Right): boolean {
  return rights[role].includes(right);
}
