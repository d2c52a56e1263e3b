import { type Diagnostic, InvariantError } from "../diagnostics/diagnostic.ts";
import { noSymbols, type StoredFunction } from "../syntax/globals.ts";
import { parse, syntaxError } from "../syntax/parse.ts";
import { child, list } from "../syntax/tree.ts";
import { environment, type UserFunction } from "./context.ts";
import { declareFunction } from "./userFunction.ts";

const declared = new WeakMap<StoredFunction, UserFunction>();

/** The function as calls see it; its body sees no name of the query. */
export function storedFunction(item: StoredFunction): UserFunction {
  const found = declared.get(item) ?? declare(item);
  declared.set(item, found);
  return found;
}

function declare({ name, parameters }: StoredFunction): UserFunction {
  const { root } = parse(`let f = ${parameters} { 0 };`, noSymbols);
  const [statement] = list(root, "Statements");
  if (statement?.kind !== "LetStatement") throw new InvariantError(`not a parameter list of ${name}: ${parameters}`);
  return declareFunction(child(statement, "Expression"), environment());
}

/** What keeps a function from being read at all; undefined where its parameters and body are KQL. */
export function functionFault({ name, parameters, body }: StoredFunction): string | undefined {
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name)) return `'${name}' is no name of a function`;
  return (syntaxError(`let f = ${parameters} { 0 };`) ?? bodyFault(body))?.message;
}

let lastBody: { readonly body: string; readonly fault: Diagnostic | undefined } | undefined;

/** One function often comes under several names, one after another. */
function bodyFault(body: string): Diagnostic | undefined {
  if (lastBody?.body !== body) lastBody = { body, fault: syntaxError(`let f = () ${body};`) };
  return lastBody.fault;
}
