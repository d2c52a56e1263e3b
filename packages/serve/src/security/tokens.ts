import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { open, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { ServeError } from "../http/serveError.ts";
import { type Role, roles } from "./roles.ts";

/** A token as the store keeps it: what it is for, not what it is. */
export interface Token {
  readonly name: string;
  readonly role: Role;
  /** SHA-256 of the token, in hex: tokens are random, so that nothing slower is needed. */
  readonly hash: string;
  /** ISO 8601. */
  readonly created: string;
}

/** Tells whose token a text is. */
export interface TokenCheck {
  check(text: string): Promise<Token | undefined>;
}

const NAME = "tokens.json";

export async function readTokens(folder: string): Promise<readonly Token[]> {
  const text = await readFile(join(folder, NAME), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "[]";
    throw error;
  });
  const tokens = JSON.parse(text) as readonly Token[];
  if (!Array.isArray(tokens) || !tokens.every((token) => roles.includes(token.role)))
    throw new Error(`${join(folder, NAME)} is damaged: remove it, and make the tokens anew`);
  return tokens;
}

async function writeTokens(folder: string, tokens: readonly Token[]): Promise<void> {
  const path = join(folder, NAME);
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  const file = await open(temporary, "wx", 0o600);
  try {
    await file.writeFile(`${JSON.stringify(tokens, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

/** Makes a token and answers with its text, which is kept nowhere. */
export async function addToken(folder: string, name: string, role: Role, now: Date): Promise<string> {
  const tokens = await readTokens(folder);
  if (tokens.some((token) => token.name === name)) throw new Error(`there is a token '${name}' already`);
  const text = `gsk_${randomBytes(32).toString("base64url")}`;
  await writeTokens(folder, [...tokens, { name, role, hash: hashOf(text), created: now.toISOString() }]);
  return text;
}

/** Takes a token's rights away; false when there is none of that name. */
export async function removeToken(folder: string, name: string): Promise<boolean> {
  const tokens = await readTokens(folder);
  const left = tokens.filter((token) => token.name !== name);
  if (left.length === tokens.length) return false;
  await writeTokens(folder, left);
  return true;
}

/** Checks against the store's tokens as they are at the moment. */
export function tokenCheck(folder: string): TokenCheck {
  let tokens: readonly Token[] = [];
  let seen = "";
  return {
    check: async (text) => {
      const facts = await stat(join(folder, NAME)).catch(() => undefined);
      const mark = facts === undefined ? "" : `${facts.mtimeMs} ${facts.ino} ${facts.size}`;
      if (mark !== seen) tokens = mark === "" ? [] : await readTokens(folder).catch(unreadable);
      seen = mark;
      const hash = Buffer.from(hashOf(text), "hex");
      let found: Token | undefined;
      // Every token is compared, so that the time tells nothing of where a match stands.
      for (const token of tokens) if (timingSafeEqual(Buffer.from(token.hash, "hex"), hash)) found = token;
      return found;
    },
  };
}

function unreadable(cause: unknown): never {
  throw new ServeError(500, "InternalServerError", "The tokens can't be read.", { cause });
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
