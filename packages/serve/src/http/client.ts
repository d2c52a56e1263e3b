import { randomUUID } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { Role } from "../security/roles.ts";

/** Who asks. */
export interface Client {
  /** Whose turn a query counts as. */
  readonly name: string;
  /** Who is answerable for what is changed: a token's name, or the user whose server this is. */
  readonly who: string;
  readonly role: Role;
}

declare module "fastify" {
  interface FastifyRequest {
    client: Client;
    /** A new id for each request. */
    activityId: string;
  }
}

/** What the client calls its request. */
export function clientRequestId(request: FastifyRequest): string {
  const given = request.headers["x-ms-client-request-id"];
  const text = Array.isArray(given) ? given[0] : given;
  return text === undefined || !/^[\x21-\x7e]{1,200}$/.test(text) ? `goshawk;${randomUUID()}` : text;
}

/** Aborted when the client goes away before it has its answer. */
export function goneSignal(request: FastifyRequest, reply: { readonly raw: NodeJS.WritableStream }): AbortSignal {
  const abort = new AbortController();
  const { raw } = reply;
  raw.once("close", () => {
    if (!("writableFinished" in raw) || raw.writableFinished !== true) abort.abort(new Error("the client went away"));
  });
  request.raw.once("aborted", () => abort.abort(new Error("the client went away")));
  return abort.signal;
}
