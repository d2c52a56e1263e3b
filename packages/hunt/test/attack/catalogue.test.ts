import { expect, test } from "vitest";
import { attackCatalogue } from "../../src/attack/catalogue.ts";

const catalogue = attackCatalogue();

// MITRE's "Updates - October 2025": Enterprise has 14 tactics, 216 techniques and 475 sub-techniques in version 18.
test("the catalogue has as many tactics and techniques as MITRE says of this version", () => {
  const ids = [...catalogue.techniques.keys()];
  expect(catalogue.version).toBe("18.0");
  expect(catalogue.tactics).toHaveLength(14);
  expect(ids.filter((id) => !id.includes("."))).toHaveLength(216);
  expect(ids.filter((id) => id.includes("."))).toHaveLength(475);
});

test("every revoked id leads to a technique that is there, and none is there itself", () => {
  for (const [id, successor] of catalogue.revoked) {
    expect(catalogue.techniques.has(successor), `${id} → ${successor}`).toBe(true);
    expect(catalogue.techniques.has(id), id).toBe(false);
  }
});

test("a sub-technique serves its technique's tactics", () => {
  expect(catalogue.techniques.get("T1053.005")).toEqual({
    id: "T1053.005",
    name: "Scheduled Task/Job: Scheduled Task",
    tactics: ["Execution", "Persistence", "PrivilegeEscalation"],
  });
});
