/** How a call is written. */
export type Shape = "call" | "infix" | "between" | "list" | "minus" | "path" | "element";

const infix =
  "+ - * / % == != =~ !~ < <= > >= has !has has_cs !has_cs hasprefix !hasprefix hasprefix_cs !hasprefix_cs hassuffix !hassuffix hassuffix_cs !hassuffix_cs contains !contains contains_cs !contains_cs startswith !startswith startswith_cs !startswith_cs endswith !endswith endswith_cs !endswith_cs and or";

/** Operators with two operands. */
export const operators: ReadonlyMap<string, Shape> = new Map(
  [...infix.split(" "), "matches regex"].map((name) => [name, "infix"]),
);

/** Functions of the registry that have a form of their own. */
export const shapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ["between", "between"],
  ["!between", "between"],
  ["in", "list"],
  ["!in", "list"],
  ["in~", "list"],
  ["!in~", "list"],
  ["has_any", "list"],
  ["has_all", "list"],
  ["unary -", "minus"],
  [".", "path"],
  ["[]", "element"],
]);
