import { allColumns } from "../ir/build.ts";
import type { Scan } from "../ir/rel.ts";
import type { SqlExpr, SqlFrom, SqlItem, SqlOrder, SqlSelect } from "../sql/ast.ts";
import { aggregate, call, cast, column, field, freshName, isNotNull, number, quotient, struct } from "../sql/build.ts";
import { type LowerScope, sqlName } from "./scalar.ts";
import { nothingLike, outputOf } from "./scanParts.ts";
import { initialState, nextState } from "./scanState.ts";

/**
 * Rows per chunk. A fold copies what it has gathered at every step: rows are folded chunk by chunk and the chunks one
 * after another, so that the copies stay small.
 */
const CHUNK = 256;

/** One long fold over the rows as a list: for each row and step an element, the state in the accumulator. */
export function lowerScan(rel: Scan, from: SqlFrom, outer: LowerScope): SqlSelect {
  const [x, k, chunk, list, chunks, folded, o] = ["x", "k", "b", "l", "bs", "f", "o"].map((name) =>
    freshName(name),
  ) as [string, string, string, string, string, string, string];
  const row = column(sqlName(rel.row));
  const fields = allColumns(rel.input).map((item) => [sqlName(item.id), column(sqlName(item.id))] as const);
  const numbered: SqlSelect = {
    kind: "select",
    items: [
      { value: struct(Object.fromEntries(fields)), alias: x },
      { value: quotient(row, number(CHUNK)), alias: chunk },
      { value: row, alias: sqlName(rel.row) },
    ],
    from,
  };
  const steps: SqlFrom = {
    kind: "rows",
    rows: rel.steps.map((_, index) => [cast(number(index), "BIGINT")]),
    alias: freshName("v"),
    columns: [k],
  };
  const initial = initialState(rel, column(x), outer);
  const element = (of: SqlExpr, step: SqlExpr): SqlExpr =>
    struct({ x: of, k: step, st: nothingLike(initial), out: nothingLike(noOutput(rel, of, outer)) });
  const elements: SqlSelect = {
    kind: "select",
    items: [
      { value: column(chunk), alias: chunk },
      {
        value: aggregate("list", [element(column(x), column(k))], {
          orderBy: [upward(row), { ...upward(column(k)), descending: true }],
        }),
        alias: list,
      },
    ],
    from: { kind: "join", join: "cross", left: derived(numbered), right: steps },
    groupBy: [column(chunk)],
  };
  const inChunks: SqlSelect = {
    kind: "select",
    items: [
      {
        value: aggregate(
          "list",
          [
            struct({
              l: column(list),
              st: nothingLike(initialState(rel, firstRow(column(list)), outer)),
              outs: nothingLike(outputs(rel, column(list), outer)),
            }),
          ],
          {
            orderBy: [upward(column(chunk))],
          },
        ),
        alias: chunks,
      },
    ],
    from: derived(elements),
  };
  const fold: SqlSelect = {
    kind: "select",
    items: [{ value: foldChunks(rel, column(chunks), outer), alias: folded }],
    from: derived(inChunks),
    where: isNotNull(column(chunks)),
  };
  const rows: SqlSelect = {
    kind: "select",
    items: [{ value: call("unnest", allOutputs(rel, column(folded))), alias: o }],
    from: derived(fold),
  };
  return { kind: "select", items: shown(rel, column(o)), from: derived(rows) };
}

const upward = (value: SqlExpr): SqlOrder => ({ value, descending: false, nullsFirst: true });

function derived(query: SqlSelect): SqlFrom {
  return { kind: "derived", query, alias: freshName("t") };
}

/** An empty list of outputs of a row. */
function noOutput(rel: Scan, x: SqlExpr, outer: LowerScope): SqlExpr {
  return call("list_filter", { kind: "list", items: [outputOf(rel, x, outer)] }, never());
}

function outputs(rel: Scan, list: SqlExpr, outer: LowerScope): SqlExpr {
  return { kind: "list", items: [noOutput(rel, firstRow(list), outer)] };
}

/** The row of a list's first element, for its type. */
function firstRow(list: SqlExpr): SqlExpr {
  return field(call("list_extract", list, number(1)), "x");
}

function never(): SqlExpr {
  return { kind: "lambda", parameters: [freshName("x")], body: { kind: "value", value: false } };
}

function foldChunks(rel: Scan, chunks: SqlExpr, outer: LowerScope): SqlExpr {
  const first = call("list_extract", chunks, number(1));
  const initial = initialState(rel, firstRow(field(first, "l")), outer);
  const start = struct({
    l: field(first, "l"),
    st: initial,
    outs: call("list_filter", outputs(rel, field(first, "l"), outer), never()),
  });
  const [acc, chunk] = [freshName("a"), freshName("e")];
  const inner = foldRows(rel, field(column(chunk), "l"), field(column(acc), "st"), outer);
  const done = freshName("q");
  const body = call(
    "list_extract",
    call(
      "list_transform",
      { kind: "list", items: [inner] },
      {
        kind: "lambda",
        parameters: [done],
        body: struct({
          l: nothingLike(field(column(chunk), "l")),
          st: field(column(done), "st"),
          outs: call("list_append", field(column(acc), "outs"), field(column(done), "out")),
        }),
      },
    ),
    number(1),
  );
  return call("list_reduce", chunks, { kind: "lambda", parameters: [acc, chunk], body }, start);
}

function foldRows(rel: Scan, list: SqlExpr, state: SqlExpr, outer: LowerScope): SqlExpr {
  const first = call("list_extract", list, number(1));
  const start = struct({
    x: field(first, "x"),
    k: field(first, "k"),
    st: state,
    out: noOutput(rel, field(first, "x"), outer),
  });
  const [acc, element] = [freshName("a"), freshName("e")];
  const body = nextState(rel, column(acc), column(element), outer);
  return call("list_reduce", list, { kind: "lambda", parameters: [acc, element], body }, start);
}

/** What the chunks gave, and what steps with `output=last` still hold. */
function allOutputs(rel: Scan, folded: SqlExpr): SqlExpr {
  const pending = rel.steps.flatMap((step, index) =>
    step.output === "last" ? [field(field(folded, "st"), `p${index}`)] : [],
  );
  const rows = call("flatten", field(folded, "outs"));
  if (pending.length === 0) return rows;
  const item = freshName("x");
  const held = call(
    "list_filter",
    { kind: "list", items: pending },
    {
      kind: "lambda",
      parameters: [item],
      body: isNotNull(column(item)),
    },
  );
  return call("list_concat", rows, held);
}

function shown(rel: Scan, o: SqlExpr): readonly SqlItem[] {
  const x = field(o, "x");
  const passed = allColumns(rel.input).map(
    (item): SqlItem => ({ value: field(x, sqlName(item.id)), alias: sqlName(item.id) }),
  );
  const declared = rel.declared.map(
    (item, index): SqlItem => ({ value: field(o, `d${index}`), alias: sqlName(item.column.id) }),
  );
  const matchId: readonly SqlItem[] =
    rel.matchId === undefined ? [] : [{ value: field(o, "id"), alias: sqlName(rel.matchId.id) }];
  const place = {
    kind: "operation",
    operator: "-",
    args: [
      { kind: "operation", operator: "*", args: [field(x, sqlName(rel.row)), number(rel.steps.length)] },
      field(o, "k"),
    ],
  } as const;
  return [...passed, ...declared, ...matchId, { value: place, alias: sqlName(rel.order.id) }];
}
