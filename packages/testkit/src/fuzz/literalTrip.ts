import { cellEquals, exactly } from "../compare/cell.ts";
import { randomFrom } from "../rows/random.ts";
import type { Failure } from "./failure.ts";
import { types } from "./grammar/grammar.ts";
import { literalOf } from "./literal.ts";
import { outcomeOf } from "./outcome.ts";
import { cellOf } from "./tables.ts";
import type { World } from "./world.ts";

/** A query of literals that breaks the law. */
export interface BrokenLiteral extends Failure {
  readonly query: string;
}

const LAW = "a literal is its value, and comes back from its text";

/** Literals of every type, each as it is and by way of its text. */
export async function literalTrip(seed: string, world: World): Promise<BrokenLiteral | undefined> {
  const random = randomFrom(seed);
  const values = types.map((type) => {
    const cell = cellOf({ name: "x", type }, random);
    return { type, cell, literal: literalOf(cell, type) };
  });
  const columns = values.map(
    ({ type, literal }, at) => `a${at} = ${literal}, b${at} = ${converter(type)}(tostring(${literal}))`,
  );
  const query = `print ${columns.join(", ")}`;
  const outcome = await outcomeOf(query, world.session);
  if (outcome.kind !== "rows") return { law: LAW, message: JSON.stringify(outcome), query };
  const [row = []] = outcome.table.rows;
  for (const [at, { type, cell, literal }] of values.entries()) {
    const [plain, back] = [row[at * 2] ?? null, row[at * 2 + 1] ?? null];
    // The text of a dynamic string has lost its quotes.
    const held = cell?.startsWith('"') ? [plain] : [plain, back];
    const wrong = held.find((found) => !cellEquals(cell, found, type, exactly));
    if (wrong !== undefined) return { law: LAW, message: `${literal} became ${plain} and ${back}`, query };
  }
  return undefined;
}

function converter(type: string): string {
  return type === "dynamic" ? "parse_json" : `to${type}`;
}
