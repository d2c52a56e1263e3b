import type { SqlExpr } from "../../sql/ast.ts";
import { call, cast, constantText, list } from "../../sql/build.ts";
import { plainText } from "../../values/dynamicValue.ts";
import { elements } from "../../values/jsonText.ts";
import { type ScalarFunction, scalarFunction } from "../define.ts";

/** How a function of a text and several others is computed. */
export interface AnyOf {
  /** In SQL, when all others are constants; undefined leaves it to the host. */
  readonly constant: (of: SqlExpr, items: readonly string[]) => SqlExpr | undefined;
  /** With the others as one JSON array. */
  readonly host: (of: SqlExpr, items: SqlExpr) => SqlExpr;
}

/** A function whose other arguments are texts, or one array of them. */
export function anyOf(name: string, summary: string, how: AnyOf): ScalarFunction {
  const ofArray = (of: SqlExpr, array: SqlExpr): SqlExpr => {
    const constant = constantText(array);
    const known = constant?.startsWith("[") === true ? how.constant(of, elements(constant).map(plainText)) : undefined;
    return known ?? how.host(of, array);
  };
  const ofTexts = (of: SqlExpr, ...items: readonly SqlExpr[]): SqlExpr => {
    const constants = items.map(constantText).filter((item) => item !== undefined);
    const known = constants.length === items.length ? how.constant(of, constants) : undefined;
    return known ?? how.host(of, cast(call("to_json", list(...items)), "VARCHAR"));
  };
  return scalarFunction({
    name,
    summary,
    overloads: [
      { signature: `${name}(text: string, list: dynamic): bool`, lower: { duckdb: ofArray } },
      { signature: `${name}(text: string, ...items: string): bool`, lower: { duckdb: ofTexts } },
    ],
  });
}
