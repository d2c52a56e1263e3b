import {
  appendEntries,
  type DecisionEntry,
  type FindingRecord,
  foldJournal,
  readJournal,
  statuses,
  verdicts,
} from "@goshawk/hunt";
import type { FastifyInstance } from "fastify";
import { ServeError } from "../http/serveError.ts";
import { audit, readAudit } from "../security/audit.ts";
import type { Service } from "../service.ts";
import { anything, listOf, object, route, text, texts } from "./schemas.ts";

const filters = {
  rule: text,
  presence: { enum: ["new", "still", "returning", "gone"] },
  status: { enum: statuses },
  verdict: { enum: verdicts },
  suppressed: { type: "boolean", default: false, description: "Those that exclusions hide, too." },
} as const;

interface Filters {
  readonly rule?: string;
  readonly presence?: string;
  readonly status?: string;
  readonly verdict?: string;
  readonly suppressed?: boolean;
}

type Decision = Omit<DecisionEntry, "kind" | "at" | "by" | "ids">;

/** What hunts have found, and what people say of it. */
export function findingRoutes(app: FastifyInstance, service: Service): void {
  const { folder } = service.store;
  const records = async (): Promise<readonly FindingRecord[]> => foldJournal((await readJournal(folder)).entries);
  app.get(
    "/findings",
    {
      schema: route("findings", "What hunts have found", {
        querystring: object(filters),
        response: { 200: listOf(anything) },
      }),
    },
    async (request) => (await records()).filter((record) => isWanted(record, request.query as Filters)),
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

function isWanted(record: FindingRecord, { rule, presence, status, verdict, suppressed }: Filters): boolean {
  return (
    (rule === undefined || record.rule.id === rule) &&
    (presence === undefined || record.presence === presence) &&
    (status === undefined || record.status === status) &&
    (verdict === undefined || record.verdict === verdict) &&
    (suppressed === true || record.latest.suppressedBy.length === 0)
  );
}
