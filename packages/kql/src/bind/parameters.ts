import { child, list, nameOf, type Syntax } from "../syntax/tree.ts";

/** The text of an operator's parameter such as `kind=inner`, or undefined. */
export function namedParameter(node: Syntax, name: string): string | undefined {
  const value = parameterNode(node, name);
  if (value === undefined) return undefined;
  const token = value.fields.Token;
  return token === undefined ? nameOf(value) : token.value || token.text;
}

/** The value node of an operator's parameter, or undefined. */
export function parameterNode(node: Syntax, name: string): Syntax | undefined {
  const found = list(node, "Parameters").find((parameter) => nameOf(child(parameter, "Name")) === name);
  return found === undefined ? undefined : child(found, "Expression");
}
