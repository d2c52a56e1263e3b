import type { ConformanceRecord } from "../../src/conformance/record.ts";

/** A record that says only what a test is about. */
export function recordWith(fields: Partial<ConformanceRecord>): ConformanceRecord {
  return {
    id: "r",
    source: "emulator-traps",
    oracle: "kusto-emulator",
    file: "",
    kind: "print",
    tables: [],
    query: "print x = 1",
    expected: { columns: ["x"], types: ["long"], rows: [["1"]] },
    check: "full",
    ordered: false,
    sortKeys: null,
    truncated: false,
    nondeterministic: false,
    suspect: false,
    reasons: [],
    approximate: false,
    looseArrays: false,
    usable: true,
    features: [],
    ...fields,
  };
}
