import { refuse } from "../diagnostics/diagnostic.ts";
import { child, list, nameOf, type Syntax } from "../syntax/tree.ts";
import type { BindContext, Binding, Environment, Scope } from "./context.ts";
import { isOption, optionName } from "./options.ts";
import { parameterValue } from "./queryParameter.ts";
import { declarePattern } from "./queryPattern.ts";
import { isTabular } from "./subquery.ts";
import { declareFunction } from "./userFunction.ts";

/** Binds the statements of a query or function body; answers with every expression that shows a result. */
export function bindStatements(
  statements: readonly Syntax[],
  env: Environment,
  context: BindContext,
): readonly Binding[] {
  const results: Binding[] = [];
  for (const statement of statements) {
    switch (statement.kind) {
      case "LetStatement":
        bindLet(statement, env, context);
        break;
      case "ExpressionStatement":
        results.push(bindExpression(child(statement, "Expression"), env, context));
        break;
      case "QueryParametersStatement":
        bindQueryParameters(statement, env, context);
        break;
      case "PatternStatement":
        env.names.set(nameOf(child(statement, "Name")), declarePattern(statement, env, context));
        break;
      case "SetOptionStatement":
        bindOption(statement, env, context);
        break;
      default:
        refuse("unsupported-syntax", statement.span, {
          construct: statement.kind,
          reason: "Goshawk does not run such statements",
        });
    }
  }
  return results;
}

/** A function body: its own statements, then its expression. */
export function bindBlock(body: Syntax, env: Environment, context: BindContext): Binding {
  bindStatements(list(body, "Statements"), env, context);
  return bindExpression(child(body, "Expression"), env, context);
}

function bindLet(statement: Syntax, env: Environment, context: BindContext): void {
  const name = nameOf(child(statement, "Name"));
  const value = child(statement, "Expression");
  const bound =
    value.kind === "FunctionDeclaration" ? declareFunction(value, env) : bindExpression(value, env, context);
  env.names.set(name, bound);
}

function bindOption(statement: Syntax, env: Environment, context: BindContext): void {
  const name = nameOf(child(statement, "Name"));
  const value = statement.fields.ValueClause?.fields.Expression;
  if (value !== undefined && isOption(name)) env.names.set(optionName(name), bindExpression(value, env, context));
}

function bindExpression(node: Syntax, env: Environment, context: BindContext): Binding {
  const scope: Scope = { columns: [], env, context };
  if (isTabular(node, scope)) return { kind: "tabular", rel: context.tabular(node, env) };
  return { kind: "scalar", value: context.scalar(node, scope) };
}

function bindQueryParameters(statement: Syntax, env: Environment, context: BindContext): void {
  for (const parameter of list(statement, "Parameters")) {
    const name = nameOf(child(child(parameter, "NameAndType"), "Name"));
    const otherwise = child(parameter, "DefaultValue").fields.Value;
    const given = context.parameter(name);
    const value = given === undefined ? undefined : parameterValue(given, parameter);
    if (value !== undefined) env.names.set(name, { kind: "scalar", value });
    else if (otherwise === undefined)
      refuse("unsupported-syntax", parameter.span, {
        construct: `The query parameter '${name}'`,
        reason: "it has no value and no default",
      });
    else env.names.set(name, { kind: "scalar", value: context.scalar(otherwise, { columns: [], env, context }) });
  }
}
