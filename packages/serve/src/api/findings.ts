import {
  appendEntries,
  type DecisionEntry,
  type FindingFacts,
  type FindingRecord,
  type FindingsFilter,
  factsIn,
  foldJournal,
  isWanted,
  navigatorLayer,
  readJournal,
  sentinelBookmarks,
  statuses,
  stixSightings,
  verdicts,
} from "@goshawk/hunt";
import { formatDatetime, parseDatetime } from "@goshawk/kql";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { ServeError } from "../http/serveError.ts";
import { audit, readAudit } from "../security/audit.ts";
import type { Service } from "../service.ts";
import { anyJson, anything, listOf, object, route, text, texts } from "./schemas.ts";

const filters = {
  rule: { ...text, description: "The rule's id, or a part of its name." },
  presence: { enum: ["new", "still", "returning", "gone"] },
  status: { enum: statuses },
  verdict: { enum: verdicts },
  entity: { ...text, description: "A part of the name of one of its entities." },
  technique: { ...text, description: "T1059 stands for its sub-techniques, too." },
  assignee: text,
  tags: texts,
  since: { ...text, description: "A datetime: seen then or later." },
  suppressed: { type: "boolean", default: false, description: "Those that exclusions hide, too." },
} as const;

type Decision = Omit<DecisionEntry, "kind" | "at" | "by" | "ids">;

/** What hunts have found, and what people say of it. */
export function findingRoutes(app: FastifyInstance, service: Service): void {
  const { folder } = service.store;
  const records = async (): Promise<readonly FindingRecord[]> => foldJournal((await readJournal(folder)).entries);
  const facts = async (): Promise<readonly FindingFacts[]> => factsIn((await readJournal(folder)).entries);
  app.get(
    "/findings",
    {
      schema: route("findings", "What hunts have found", {
        querystring: object(filters),
        response: { 200: listOf(anything) },
      }),
    },
    async (request) => (await facts()).filter(wantedBy(request)),
  );
  app.get(
    "/findings/export",
    {
      schema: route("findings", "Findings as another tool reads them", {
        querystring: object({ ...filters, format: { enum: ["navigator", "stix", "bookmarks"] } }, ["format"]),
        response: {
          200: {
            description: "A layer of ATT&CK Navigator, a bundle of STIX 2.1, or bodies of Sentinel's bookmarks.",
            ...anyJson,
          },
        },
      }),
    },
    async (request) => {
      const { format } = request.query as { readonly format: keyof typeof exports };
      return exports[format]((await facts()).filter(wantedBy(request)));
    },
  );
  app.post(
    "/findings/:id",
    {
      config: { right: "hunt" },
      schema: route("findings", "Say what a finding is", {
        params: object({ id: text }, ["id"]),
        body: object({
          status: { enum: statuses },
          verdict: { enum: verdicts },
          comment: { ...text, maxLength: 10_000 },
          assignee: { ...text, maxLength: 200 },
          tags: texts,
          untags: texts,
        }),
        response: { 200: anything },
      }),
    },
    async (request) => {
      const { id } = request.params as { readonly id: string };
      const decision = (request.body ?? {}) as Decision;
      if (Object.keys(decision).length === 0)
        throw new ServeError(400, "BadRequest", "Nothing is said of the finding.");
      if (!(await records()).some((record) => record.id === id))
        throw new ServeError(404, "NotFound", "There is no such finding.");
      const at = new Date().toISOString();
      const by = request.client.who;
      await appendEntries(folder, [{ kind: "decision", at, by, ids: [id], ...decision }]);
      await audit(folder, { at, by, what: "finding.set", on: [id], change: decision });
      return (await records()).find((record) => record.id === id) ?? {};
    },
  );
  app.get(
    "/audit",
    {
      config: { right: "admin" },
      schema: route("audit", "The last changes made through this server", { response: { 200: listOf(anything) } }),
    },
    () => readAudit(folder, 1000),
  );
}

const exports = {
  navigator: (findings: readonly FindingFacts[]): unknown => navigatorLayer(findings, "Goshawk findings"),
  stix: (findings: readonly FindingFacts[]): unknown => stixSightings(findings).bundle,
  bookmarks: (findings: readonly FindingFacts[]): unknown => sentinelBookmarks(findings),
} as const;

function wantedBy(request: FastifyRequest): (finding: FindingFacts) => boolean {
  const { since, ...filter } = request.query as FindingsFilter;
  if (since === undefined) return isWanted(filter);
  const ticks = parseDatetime(since);
  if (ticks === undefined) throw new ServeError(400, "BadRequest", "'since' is no datetime.");
  return isWanted({ ...filter, since: formatDatetime(ticks) });
}
