import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { type AppOptions, createApp } from "./app.ts";
import { contentOf } from "./hunts/content.ts";
import { huntsOf } from "./hunts/hunts.ts";
import { tokenCheck } from "./security/tokens.ts";
import { openService, type Service, type ServiceOptions } from "./service.ts";

export interface ServeOptions extends ServiceOptions {
  /** Files and folders of rules, and of exclusions, that clients may hunt with. */
  readonly rules?: readonly string[];
  readonly exclusions?: readonly string[];
  /** The address to listen on; loopback unless said. */
  readonly host?: string;
  /** 0 takes any that is free. */
  readonly port?: number;
  /** Further names that a `Host` may have. */
  readonly hosts?: readonly string[];
  readonly origins?: readonly string[];
  /** Ask for a token on loopback, too. */
  readonly requireToken?: boolean;
  readonly tls?: NonNullable<AppOptions["tls"]>;
  readonly entraShape?: boolean;
  /** A line of JSON for each request and failure; nothing is logged without it. */
  readonly log?: { write(line: string): void };
}

/** A server that listens. */
export interface Server {
  readonly url: string;
  readonly service: Service;
  readonly app: FastifyInstance;
  /** Ends what runs and lets go of the store. */
  close(): Promise<void>;
}

const loopback = ["127.0.0.1", "localhost", "::1"];

/** Starts to listen; rejects where another address than loopback is asked for without TLS. */
export async function serve(options: ServeOptions): Promise<Server> {
  const host = options.host ?? "127.0.0.1";
  const local = loopback.includes(host);
  if (!local && options.tls === undefined)
    throw new Error(`listening on ${host} needs TLS: a token must not travel in the clear`);
  const service = await openService(options);
  try {
    const asks = options.requireToken === true || !local;
    const logger = pino({ base: null, level: options.log === undefined ? "silent" : "info" }, options.log ?? nowhere);
    const hunts = huntsOf(service);
    const app = await createApp(service, {
      content: contentOf({ rules: options.rules ?? [], exclusions: options.exclusions ?? [] }),
      hunts,
      logger,
      hosts: [...loopback, host, ...(options.hosts ?? [])],
      origins: options.origins ?? [],
      entraShape: options.entraShape === true,
      ...(options.tls === undefined ? {} : { tls: options.tls }),
      ...(asks ? { tokens: tokenCheck(service.store.folder) } : {}),
    });
    await app.listen({ host, port: options.port ?? 8080 });
    const held = await service.tables.newest();
    service.pool.warm(held.snapshot);
    held.done();
    const { port } = app.server.address() as AddressInfo;
    const name = host.includes(":") ? `[${host}]` : host;
    return {
      url: `${options.tls === undefined ? "http" : "https"}://${name}:${port}`,
      service,
      app,
      close: async () => {
        hunts.cancelAll();
        service.running.cancelAll();
        await app.close();
        await service.close();
      },
    };
  } catch (error) {
    await service.close();
    throw error;
  }
}

const nowhere = { write: (): void => undefined };
