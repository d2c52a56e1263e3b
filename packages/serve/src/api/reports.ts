import { huntsIn, readJournal, reportOf, reportPage } from "@goshawk/hunt";
import type { FastifyInstance } from "fastify";
import { ServeError } from "../http/serveError.ts";
import type { Service } from "../service.ts";
import { listOf, number, object, route, text } from "./schemas.ts";

const hunt = object({
  id: text,
  at: text,
  by: text,
  title: text,
  rules: number,
  findings: number,
  suppressed: number,
  couldNotLook: number,
  exclusions: number,
});

/** Hunts that the store remembers, each as a page. */
export function reportRoutes(app: FastifyInstance, service: Service): void {
  const { folder } = service.store;
  app.get(
    "/reports",
    {
      schema: route("reports", "The hunts that the store remembers, oldest first", { response: { 200: listOf(hunt) } }),
    },
    async () =>
      huntsIn((await readJournal(folder)).entries).map(({ id, at, by, title, rules, exclusions }) => ({
        id,
        at,
        by,
        title,
        rules: rules.length,
        findings: rules.reduce((sum, rule) => sum + rule.findings, 0),
        suppressed: rules.reduce((sum, rule) => sum + rule.suppressed, 0),
        couldNotLook: rules.filter((rule) => rule.outcome !== "findings" && rule.outcome !== "clean").length,
        exclusions: exclusions.length,
      })),
  );
  app.get(
    "/reports/:id",
    {
      schema: route("reports", "A hunt as a page of HTML", {
        params: object({ id: text }, ["id"]),
        response: { 200: { description: "The page.", content: { "text/html": { schema: text } } } },
      }),
    },
    async (request, reply) => {
      const { id } = request.params as { readonly id: string };
      const { entries } = await readJournal(folder);
      const found = huntsIn(entries).find((item) => item.id === id);
      if (found === undefined) throw new ServeError(404, "NotFound", "The store remembers no such hunt.");
      // What was found is hostile text: the page may run nothing and fetch nothing, whatever became of it.
      return reply
        .header("content-security-policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:")
        .type("text/html; charset=utf-8")
        .send(reportPage(reportOf(entries, found), new Date().toISOString()));
    },
  );
}
