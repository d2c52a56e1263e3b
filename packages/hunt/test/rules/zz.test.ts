import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { test } from "vitest";
import { loadRules } from "../../src/rules/load.ts";
import { positionIn } from "../../src/rules/text/origin.ts";

test("x", () => {
  const D = "/work/shared/rules/";
  const fold = (s: string) => s.replace(/\s+/g, " ").trim();
  const c: any = {};
  const inc = (k: string, p?: string) => {
    c[k] ??= { n: 0, ex: [] };
    c[k].n++;
    if (p && c[k].ex.length < 3) c[k].ex.push(p);
  };
  const t0 = Date.now();
  for (const f of readdirSync(D).filter((f) => f.endsWith(".gz")))
    for (const l of gunzipSync(readFileSync(D + f))
      .toString()
      .split("\n")
      .filter(Boolean)) {
      const r = JSON.parse(l);
      if (!r.yaml) continue;
      inc("yaml");
      const g = loadRules(r.yaml, r.path);
      for (const p of g.problems)
        inc(
          p.severity +
            " " +
            p.code +
            " " +
            (p.code === "yaml-syntax" || p.code === "unknown-value" || p.code === "wrong-type" ? p.message : ""),
          r.path + ":" + p.line + ":" + p.column,
        );
      for (const p of g.repairs) inc("repair " + p.code, r.path + ":" + p.line + ":" + p.column + " " + p.what);
      inc("format " + g.format + " rules " + g.rules.length, r.path);
      for (const x of g.rules) {
        inc("kind " + x.kind);
        if (x.query === r.query) inc("q same");
        else if (fold(x.query) === fold(r.query)) inc("q folded same", r.path);
        else inc("q differs", r.path);
        const m = r.meta;
        const eq = (k: string, a: any, b: any) => {
          if (JSON.stringify(a) !== JSON.stringify(b))
            inc("meta differs " + k, r.path + JSON.stringify([a, b]).slice(0, 300));
        };
        eq("tactics", x.tactics, m.tactics ?? []);
        eq("tech", x.techniques, m.techniques ?? []);
        eq(
          "conn",
          x.connectors.map((c) => c.connectorId),
          m.connectors ?? [],
        );
        eq("sev", x.severity, m.severity);
        eq("id", x.idOrigin === "file" ? x.id : undefined, m.ruleId);
        eq("qf", x.queryFrequency, m.queryFrequency);
        eq("qp", x.queryPeriod, m.queryPeriod);
        eq("thr", x.triggerThreshold, m.triggerThreshold);
        eq("ver", x.version, m.version);
        eq(
          "em",
          x.entityMappings.map((e) => ({
            entityType: e.entityType,
            fieldMappings: e.fieldMappings.map(({ position, ...f }) => f),
          })),
          m.entityMappings ?? [],
        );
        eq(
          "dt",
          x.connectors.flatMap((c) => c.dataTypes),
          m.dataTypes,
        );
        eq("cd", x.customDetails, m.customDetails ?? {});
        eq("name", x.name, r.name);
        const lines = r.yaml.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
        for (let i = 0; i < x.query.length; i++) {
          const ch = x.query[i];
          if (ch === "\n") continue;
          const p = positionIn(x.queryOrigin, i);
          if (lines[p.line - 1]?.[p.column - 1] !== ch) {
            inc("origin wrong", r.path + " " + JSON.stringify(p) + ch);
            break;
          }
        }
      }
      if (g.repairs.length && g.rules.length && !g.mended) inc("no mended", r.path);
      if (g.mended) {
        const a = loadRules(g.mended, r.path);
        if (a.repairs.length) inc("mended has repairs", r.path);
      }
    }
  console.log(Date.now() - t0, "ms");
  for (const k of Object.keys(c).sort()) console.log(k, c[k].n, c[k].ex.length ? c[k].ex : "");
});
