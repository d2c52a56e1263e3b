import { refuse } from "../../diagnostics/diagnostic.ts";
import { aggregate, join } from "../../ir/build.ts";
import type { Column } from "../../ir/column.ts";
import type { Item, Rel } from "../../ir/rel.ts";
import { columnRef, literal } from "../../ir/scalar.ts";
import { child, nameOf, type Syntax } from "../../syntax/tree.ts";
import { aggregateCall, convertTo } from "../call.ts";
import type { BindContext, Environment } from "../context.ts";
import { columnNamed } from "../scope.ts";
import { readTable } from "../table.ts";
import { argumentsOf } from "../userFunction.ts";
import { profileColumns } from "./profile.ts";

type Invoke = (call: Syntax, input: Rel, env: Environment, context: BindContext) => Rel;

const PROFILES = "FileProfile";

/** `invoke FileProfile(SHA1, 1000)`: what is known of a file, from a table of that name. */
const fileProfile: Invoke = (call, input, env, context) => {
  if (context.table(PROFILES) === undefined)
    return refuse("could-not-look", call.span, {
      name: `${PROFILES}()`,
      reason: "Microsoft's service keeps what is known of files",
      next: `Ingest profiles as a table called '${PROFILES}', with a column SHA1 or SHA256.`,
    });
  const profiles = readTable(PROFILES, call.span, context);
  const id = idColumn(call, input, env, context);
  const key = profiles.columns.find((column) => column.name === (/256/.test(id.name) ? "SHA256" : "SHA1"));
  if (key === undefined) return refuse("unknown-column", call.span, { name: id.name, nearest: [] });
  return withProfiles(input, id, onePerKey(profiles, key, call, context), key, call, context);
};

function idColumn(call: Syntax, input: Rel, env: Environment, context: BindContext): Column {
  const [given] = argumentsOf(call);
  if (given === undefined) return columnNamed(input.columns, "SHA1", call.span);
  if (given.kind === "NameReference") return columnNamed(input.columns, nameOf(given), given.span);
  const value = context.scalar(given, { columns: [], env, context });
  const name = value.kind === "literal" && typeof value.value === "string" && value.value !== "" ? value.value : "SHA1";
  return columnNamed(input.columns, name, given.span);
}

/** A file that has several profiles is enriched with one of them, so that no row is doubled. */
function onePerKey(profiles: Rel, key: Column, call: Syntax, context: BindContext): Rel {
  const first = (column: Column) => ({
    column,
    call: aggregateCall("first of group", [columnRef(column)], call.span).call,
  });
  const grouped = context.newColumn("$file", key.type, key.nullable);
  const rest = profiles.columns.map(first);
  return aggregate(profiles, [{ column: grouped, value: columnRef(key) }], rest, call.span);
}

function withProfiles(input: Rel, id: Column, profiles: Rel, key: Column, call: Syntax, context: BindContext): Rel {
  const taken = new Set(input.columns.map((column) => column.name));
  const kept: Item[] = input.columns.map((column) => ({ column, value: columnRef(column) }));
  const added = profileColumns
    .filter((column) => !taken.has(column.name))
    .map(({ name, type }): Item => {
      const source = profiles.columns.find((column) => column.name === name);
      const column = context.newColumn(name, type, type !== "string");
      const value = source === undefined ? undefined : { ...columnRef(source), nullable: true };
      return { column, value: value === undefined ? literal(type, null) : convertTo(value, type, call.span) };
    });
  return join({
    join: "left",
    left: input,
    right: profiles,
    on: [{ left: columnRef(id), right: columnRef(key) }],
    items: [...kept, ...added],
    origin: call.span,
  });
}

/** What only Microsoft's service can answer. */
function ofService(what: string): Invoke {
  return (call) =>
    refuse("could-not-look", call.span, {
      name: `${nameOf(child(call, "Name"))}()`,
      reason: `Defender's service keeps ${what}`,
      next: "Define a function of that name with --functions.",
    });
}

/** Functions after `invoke` that the query does not declare. */
export const outsideInvokes: ReadonlyMap<string, Invoke> = new Map([
  [PROFILES, fileProfile],
  ["SeenBy", ofService("which devices saw a device")],
  ["DeviceFromIP", ofService("which device had an address")],
]);
