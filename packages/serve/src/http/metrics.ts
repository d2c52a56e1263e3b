import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { EnginePool } from "../engines/pool.ts";

/** What is counted of queries. */
export interface Metrics {
  asked(outcome: "answered" | "refused" | "failed" | "overloaded", seconds: number): void;
  rows(count: number): void;
  /** All of it in Prometheus's text. */
  text(): Promise<string>;
  readonly contentType: string;
}

export function metricsOf(pool: EnginePool): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const queries = new Counter({
    name: "goshawk_queries_total",
    help: "Queries by how they ended",
    labelNames: ["outcome"],
    registers,
  });
  const seconds = new Histogram({
    name: "goshawk_query_seconds",
    help: "Time until a query's first rows, waiting and compiling included",
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100],
    registers,
  });
  const rows = new Counter({ name: "goshawk_rows_total", help: "Rows sent", registers });
  new Gauge({
    name: "goshawk_queries_waiting",
    help: "Queries that wait for their turn",
    registers,
    collect() {
      this.set(pool.waiting());
    },
  });
  new Gauge({
    name: "goshawk_queries_running",
    help: "Queries that run",
    registers,
    collect() {
      this.set(pool.running());
    },
  });
  return {
    asked: (outcome, time) => {
      queries.inc({ outcome });
      seconds.observe(time);
    },
    rows: (count) => rows.inc(count),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
