import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { parseQuery } from "./parseQuery.ts";
import { type Reach, symbolsFor } from "./symbols.ts";
import { list, type OfficialColumn } from "./syntax/tree.ts";

/** What Microsoft's binder says that a query gives. */
export interface OfficialSchema {
  /** The columns of the last tabular statement; undefined where it gives none. */
  readonly columns: readonly OfficialColumn[] | undefined;
  /** True when there are columns that only the rows can tell. */
  readonly open: boolean;
  readonly errors: readonly Diagnostic[];
}

/** Names, types and errors of `text` as Microsoft's binder has them, for tests to compare with. */
export function officialSchema(text: string, reach: Reach): OfficialSchema {
  const { parsed, errors } = parseQuery(text, symbolsFor(text, reach), []);
  const last = list(parsed.root, "Statements").at(-1)?.fields.Expression;
  return { columns: last?.columns, open: last?.open ?? false, errors };
}
