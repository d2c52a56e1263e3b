import { mkdir } from "node:fs/promises";
import { addToken, type Role, readTokens, removeToken, roles } from "@goshawk/serve";
import { openStore } from "@goshawk/store";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { resultText } from "../output/result.ts";
import type { Terminal } from "../terminal.ts";

interface Folder {
  readonly store: string;
}

/** `goshawk token add NAME` */
export async function tokenAddCommand(
  name: string,
  options: Folder & { readonly role: string },
  terminal: Terminal,
): Promise<ExitCode> {
  const role = roles.find((item) => item === options.role);
  if (role === undefined) throw new UsageError(`unknown role '${options.role}'; expected ${roles.join(", ")}`);
  if (!/^[\w.@-]{1,80}$/.test(name)) throw new UsageError("a token's name is made of letters, digits and .@_-");
  const { folder } = await openStore(options.store);
  await mkdir(folder, { recursive: true });
  terminal.out(`${await addToken(folder, name, role satisfies Role, new Date())}\n`);
  terminal.note(`The token of ${name} (${role}). It is shown this once; the store keeps its hash.`);
  return exitCodes.ok;
}

/** `goshawk token list` */
export async function tokenListCommand(options: Folder, terminal: Terminal): Promise<ExitCode> {
  const { folder } = await openStore(options.store);
  const rows = (await readTokens(folder)).map(({ name, role, created }) => [name, role, created]);
  const columns = ["Name", "Role", "Created"].map((name) => ({ name, type: "string" as const }));
  terminal.out(
    resultText({ columns, rows, truncated: false }, terminal.outIsTerminal ? "table" : "ndjson", terminal.style),
  );
  return exitCodes.ok;
}

/** `goshawk token remove NAME` */
export async function tokenRemoveCommand(name: string, options: Folder, terminal: Terminal): Promise<ExitCode> {
  const { folder } = await openStore(options.store);
  if (await removeToken(folder, name)) return exitCodes.ok;
  terminal.note(`There is no token '${name}'.`);
  return exitCodes.ruleError;
}
