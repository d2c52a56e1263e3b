/** The import arrows of ARCHITECTURE.md, checked in CI. */
const within = (name, from, to) => ({
  name,
  severity: "error",
  comment: `${from} may import only ${to.join(", ")}`,
  from: { path: `^packages/${from}/src` },
  to: { path: "^packages/", pathNot: [from, ...to].map((p) => `^packages/${p}/`) },
});
const kql = (from, to) => ({
  name: `kql-${from}`,
  severity: "error",
  comment: `inside kql, ${from} may import only ${to.join(", ") || "itself"}`,
  from: { path: `^packages/kql/src/${from}/` },
  to: { path: "^packages/kql/src/", pathNot: [from, ...to].map((p) => `^packages/kql/src/${p}(/|$)`) },
});
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment:
        "a table can stand in a scalar expression and the other way round, so these two type files refer to each other",
      from: { pathNot: "^packages/kql/src/ir/(rel|scalar).ts$" },
      to: { circular: true },
    },
    within("kql", "kql", []),
    within("engine", "engine", ["kql"]),
    within("store", "store", ["engine", "kql"]),
    within("hunt", "hunt", ["store", "engine", "kql"]),
    within("estate", "estate", []),
    within("serve", "serve", ["hunt", "store", "engine", "kql"]),
    within("cli", "cli", ["serve", "hunt", "store", "engine", "kql", "estate"]),
    within("testkit", "testkit", ["serve", "hunt", "store", "engine", "kql", "estate"]),
    kql("diagnostics", []),
    kql("values", []),
    kql("regex", ["values"]),
    kql("syntax", ["values", "diagnostics"]),
    kql("ir", ["values", "diagnostics"]),
    kql("sql", ["diagnostics"]),
    kql("functions", ["values", "regex", "ir", "sql", "diagnostics"]),
    kql("bind", ["values", "syntax", "ir", "functions", "diagnostics", "discovery.ts"]),
    kql("rewrite", ["values", "ir", "diagnostics"]),
    kql("lower", ["values", "ir", "sql", "functions", "diagnostics"]),
    kql("lint", ["values", "syntax", "ir", "diagnostics", "compile.ts"]),
    {
      name: "parser-behind-one-adapter",
      severity: "error",
      from: { pathNot: "^packages/kql/src/syntax/" },
      to: { path: "@kusto/language-service-next" },
    },
    {
      name: "duckdb-only-in-the-engine",
      severity: "error",
      from: { pathNot: "^packages/engine/src/duckdb/" },
      to: { path: "@duckdb/node-api" },
    },
    {
      name: "kql-is-pure",
      severity: "error",
      comment: "no I/O and no clock in kql; the adapter alone loads the parser",
      from: { path: "^packages/kql/src", pathNot: "^packages/kql/src/syntax/load.ts" },
      to: { dependencyTypes: ["core"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    includeOnly: "^packages/[^/]+/src|node_modules",
    tsPreCompilationDeps: true,
    parser: "swc",
    enhancedResolveOptions: {
      conditionNames: ["goshawk-source", "import", "require", "node", "default"],
      exportsFields: ["exports"],
    },
    tsConfig: { fileName: "tsconfig.base.json" },
  },
};
