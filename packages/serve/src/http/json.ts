import type { FastifyInstance, FastifyRequest } from "fastify";
import { ServeError } from "./serveError.ts";

const DEEPEST = 64;

/** Reads bodies as JSON whatever their type says, unless a route takes them raw; those that come too slowly are given up. */
export function readJsonBodies(app: FastifyInstance, withinMs: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, parseJson(String(body)));
    } catch (error) {
      done(error as Error);
    }
  });
  app.addHook("preParsing", async (request, _reply, payload) => {
    if (bodyless.has(request.method) || !hasBody(request) || takesItself(request)) return payload;
    const timer = setTimeout(() => request.raw.destroy(), withinMs);
    const settled = (): void => clearTimeout(timer);
    payload.once("end", settled).once("close", settled);
    return payload;
  });
}

const bodyless: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

function hasBody({ headers }: FastifyRequest): boolean {
  return headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
}

/** Whether a route reads its body as it comes. */
function takesItself(request: FastifyRequest): boolean {
  return request.routeOptions.config.right === "ingest";
}

/** JSON within bounds. A number whose digits JavaScript can't hold becomes its text, so that none is lost. */
export function parseJson(text: string): unknown {
  if (text.trim() === "") return undefined;
  const { deepest, long } = looked(text);
  if (deepest > DEEPEST)
    throw new ServeError(400, "General_BadRequest", `The body nests deeper than ${DEEPEST} levels.`);
  try {
    return JSON.parse(quotedAt(text, long), (key, value) => (key === "__proto__" ? undefined : value));
  } catch {
    throw new ServeError(400, "General_BadRequest", "The body is no JSON.");
  }
}

/** Digits of a number that JavaScript always holds. */
const SAFE_DIGITS = 15;

/** How deep a text nests, and where its numbers of too many digits begin. */
function looked(text: string): { readonly deepest: number; readonly long: readonly number[] } {
  let [depth, deepest, quoted] = [0, 0, false];
  const long: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (quoted) {
      if (char === 0x5c) at++;
      else if (char === 0x22) quoted = false;
    } else if (char === 0x22) quoted = true;
    else if (char === 0x7b || char === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (char === 0x7d || char === 0x5d) depth--;
    else if (char === 0x2d || isDigit(char)) {
      const end = numberEnd(text, at);
      if (end - at > SAFE_DIGITS) long.push(at);
      at = end - 1;
    }
  }
  return { deepest, long };
}

function isDigit(char: number): boolean {
  return char >= 0x30 && char <= 0x39;
}

function numberEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && (isDigit(text.charCodeAt(at)) || ".eE+-".includes(text.charAt(at)))) at++;
  return at;
}

function quotedAt(text: string, places: readonly number[]): string {
  let [made, from] = ["", 0];
  for (const at of places) {
    const end = numberEnd(text, at);
    made += `${text.slice(from, at)}"${text.slice(at, end)}"`;
    from = end;
  }
  return made + text.slice(from);
}
