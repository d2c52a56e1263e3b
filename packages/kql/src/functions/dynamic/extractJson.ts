import type { SqlExpr } from "../../sql/ast.ts";
import { call, choose, constantText, number, once, text } from "../../sql/build.ts";
import { pathSteps } from "../../values/jsonPath.ts";
import { type Check, type ScalarFunction, scalarFunction } from "../define.ts";
import { element, property } from "./access.ts";
import { readText } from "./paths.ts";
import { orNull } from "./sql.ts";

const isPath: Check = (path) => {
  if (path === undefined) return { argument: "a path that varies by row", reason: "the path must be a literal" };
  return stepsOf(String(path)) === undefined
    ? { argument: `the path '${path}'`, reason: "a path is written like $.key[0]['other key']" }
    : undefined;
};

/** `$key` is taken for `$.key`: so Microsoft's own queries write it. */
function stepsOf(path: string): readonly (string | number)[] | undefined {
  return pathSteps(path.replace(/^\$(?=[A-Za-z_])/, "$."));
}

function extracted(path: SqlExpr, json: SqlExpr): SqlExpr {
  const found = at(json, stepsOf(constantText(path) ?? "") ?? []);
  return choose(call("json_valid", json), call("coalesce", readText(found), text("")), text(""));
}

function at(json: SqlExpr, steps: readonly (string | number)[]): SqlExpr {
  return steps.reduce<SqlExpr>(
    (value, step) => (typeof step === "number" ? element(value, number(step)) : property(value, text(step))),
    orNull(call("json", json)),
  );
}

export const extractJson: ScalarFunction = scalarFunction({
  name: "extract_json",
  aliases: ["extractjson"],
  summary: "The text of what a JSON path finds in a JSON text, empty where it finds nothing.",
  signature: "extract_json(path: string, json: string): string",
  lower: { duckdb: (path, json) => once(json, (source) => extracted(path, source)) },
  check: isPath,
  examples: [
    [`extract_json("$.name", '{"name": "John"}')`, '"John"'],
    [`extract_json("$['a b'][1].c", '{"a b": [0, {"c": 2}]}')`, '"2"', "brackets and dots"],
    [`extract_json("$.name", 'name')`, '""', "no JSON"],
  ],
});
