import type { FastifyInstance } from "fastify";
import { ServeError } from "./serveError.ts";

const DEEPEST = 64;

/** Reads bodies as JSON whatever their type says, unless a route takes them raw; deep ones are refused before parsing. */
export function readJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    try {
      done(null, parseJson(String(body)));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** JSON within bounds. */
export function parseJson(text: string): unknown {
  if (text.trim() === "") return undefined;
  if (depthOf(text) > DEEPEST)
    throw new ServeError(400, "General_BadRequest", `The body nests deeper than ${DEEPEST} levels.`);
  try {
    return JSON.parse(text, (key, value) => (key === "__proto__" ? undefined : value));
  } catch {
    throw new ServeError(400, "General_BadRequest", "The body is no JSON.");
  }
}

function depthOf(text: string): number {
  let [depth, deepest, quoted] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (quoted) {
      if (char === 0x5c) at++;
      else if (char === 0x22) quoted = false;
    } else if (char === 0x22) quoted = true;
    else if (char === 0x7b || char === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (char === 0x7d || char === 0x5d) depth--;
  }
  return deepest;
}
