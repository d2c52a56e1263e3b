import { catalogueTable } from "@goshawk/store";
import type { FastifyRequest } from "fastify";
import type { CommandContext, ShownTable } from "../commands/command.ts";
import type { Service } from "../service.ts";

/** What management commands tell about, as it is now. */
export async function commandContext(service: Service, request: FastifyRequest): Promise<CommandContext> {
  return {
    database: service.database,
    version: service.version,
    tables: await shownTables(service),
    functions: service.functions,
    running: service.running.list(),
    client: request.client.name,
    role: request.client.role,
  };
}

/** The tables that hold rows, with the catalogue's columns and their own. */
export async function shownTables(service: Service): Promise<readonly ShownTable[]> {
  const held = await service.tables.newest();
  held.done();
  return held.snapshot.tables
    .map(({ name, rows, columns, segments }) => {
      const known = catalogueTable(name)?.columns ?? [];
      const names = new Set(known.map((column) => column.name));
      const own = columns
        .filter((column) => !names.has(column.name))
        .map(({ name: own, type }) => ({ name: own, type }));
      const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
      return { name, rows, bytes, columns: [...known, ...own] };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
