import { noSymbols } from "../syntax/globals.ts";
import { parse, syntaxError } from "../syntax/parse.ts";
import { child, list } from "../syntax/tree.ts";

const HEAD = "print (\n";
const TAIL = "\n)";

/** Why a text is not one scalar expression, by its grammar alone, and where; undefined where it is one. */
export function expressionFault(text: string): { readonly message: string; readonly start: number } | undefined {
  const query = `${HEAD}${text}${TAIL}`;
  const fault = syntaxError(query);
  if (fault !== undefined) return { message: fault.message, start: inside(fault.span.start, text) };
  const [statement, ...others] = list(parse(query, noSymbols).root, "Statements");
  const operator = statement?.kind === "ExpressionStatement" ? child(statement, "Expression") : undefined;
  const [value, ...values] = operator?.kind === "PrintOperator" ? list(operator, "Expressions") : [];
  const whole = value?.kind === "ParenthesizedExpression" && value.span.end === query.length;
  if (whole && others.length + values.length === 0) return undefined;
  return { message: "It is more than one condition.", start: 0 };
}

function inside(offset: number, text: string): number {
  return Math.min(Math.max(0, offset - HEAD.length), text.length);
}
