import { list, type Tree, tableName, whole } from "../tree.ts";
import { chance, type Grammar, type Lets, oneOf, someOf, times, types } from "./grammar.ts";
import { literal, scalar } from "./scalar.ts";
import { shortPipeline } from "./subquery.ts";

/** Of a hundred queries, those that begin with let statements. */
const SOME = 35;
const MOST = 3;

export const noLets = (): Lets => ({ statements: [], functions: [], tables: [] });

/** Declares functions and tables that the query may use. */
export function declareLets(grammar: Grammar): void {
  if (!chance(grammar, SOME)) return;
  const kinds = [declareFunction, declareFunction, declareTable, declareTabularFunction];
  for (let index = 1 + grammar.random.below(MOST); index > 0; index--) oneOf(grammar, kinds)?.(grammar);
}

function declare(grammar: Grammar, statement: Tree, use: Tree): ReturnType<Grammar["columnsOf"]> {
  grammar.lets.statements.push(statement);
  const columns = grammar.columnsOf(use);
  if (columns === undefined) grammar.lets.statements.pop();
  return columns;
}

function declareFunction(grammar: Grammar): void {
  const name = grammar.fresh("F");
  const parameters = times(1 + grammar.random.below(2), () => ({
    name: grammar.fresh("a"),
    type: grammar.random.pick(types),
  }));
  const declared = parameters.map(({ name: parameter, type }, at) => {
    const isLast = at === parameters.length - 1;
    return `${parameter}: ${type}${isLast && chance(grammar, 30) ? ` = ${literal(grammar, type)}` : ""}`;
  });
  const body = scalar(grammar, parameters, grammar.random.pick(types), 2);
  const statement = whole([`let ${name} = (${declared.join(", ")}) { `, body, " };\n"]);
  const args = parameters.map(({ type }) => literal(grammar, type)).join(", ");
  const [result] = declare(grammar, statement, `print r = ${name}(${args})`) ?? [];
  if (result !== undefined)
    grammar.lets.functions.push({ name, parameters: parameters.map(({ type }) => type), result: result.type });
}

function declareTable(grammar: Grammar): void {
  const query = shortPipeline(grammar);
  if (query === undefined) return;
  const name = grammar.fresh("Q");
  const parts = chance(grammar, 30) ? ["materialize(", query.tree, ")"] : [query.tree];
  const columns = declare(grammar, whole([`let ${name} = `, ...parts, ";\n"]), name);
  if (columns !== undefined) grammar.lets.tables.push({ tree: name, columns });
}

function declareTabularFunction(grammar: Grammar): void {
  const table = oneOf(grammar, grammar.tables);
  if (table === undefined) return;
  const [name, rows, more] = [grammar.fresh("G"), grammar.fresh("R"), grammar.fresh("a")];
  const taken = someOf(grammar, table.columns, 3).filter((column) => column.name !== "name");
  const type = grammar.random.pick(types);
  const known = [...taken, { name: more, type }];
  const declared = taken.map((column) => `['${column.name}']: ${column.type}`).join(", ");
  const statement = whole([
    `let ${name} = (${rows}: (${declared}), ${more}: ${type}) { ${rows} | where `,
    scalar(grammar, known, "bool", 2),
    ` | extend ${grammar.fresh("x")} = `,
    scalar(grammar, known, grammar.random.pick(types), 2),
    " };\n",
  ]);
  const value = literal(grammar, type);
  const tree = chance(grammar, 50)
    ? whole([`${name}(`, tableName(table.name), `, ${value})`])
    : whole([tableName(table.name), "\n| invoke ", `${name}(${value})`]);
  const columns = declare(grammar, statement, tree);
  if (columns !== undefined) grammar.lets.tables.push({ tree, columns });
}

/** The let statements, one of which may go where nothing needs it. */
export const prelude = ({ statements }: Lets): Tree => list([...statements], "", 0);
