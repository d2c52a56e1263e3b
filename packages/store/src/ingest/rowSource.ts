import type { Problem } from "../store/receipt.ts";
import type { DateOrder } from "./formats/dateOrder.ts";
import type { StagedEvents } from "./windows/stage.ts";

/** Rows of one file, or of one member of an archive, before their columns have types. */
export interface RowSource {
  /** For the receipt: `JSON lines`, `Defender streaming`, … */
  readonly format: string;
  /** A SQL query with `_line` BIGINT (the record's number in the file) and a VARCHAR `f<i>` for each of `fields`. */
  readonly sql: string;
  readonly fields: readonly string[];
  /** SQL like `sql` of the first rows alone, where that spares a look at the whole file. */
  readonly sample?: string;
  /** How numeric dates are ordered, where a format has such. */
  readonly dates?: DateOrder;
  /** The field whose cells name each row's table. It is no column itself unless it is called `Type`. */
  readonly tableField?: string;
  /** SQL like `sql`, whose `f<i>` says whether the cell was written as text; absent where the format can't tell. */
  readonly texts?: string;
  /** What `tableField` says, and the fields that rows with it have, where that is known. */
  readonly byName?: ReadonlyMap<string, ReadonlySet<string>>;
  /** The table of all rows, where the format says it. */
  readonly table?: string;
  /** Windows events, which are rows of several tables each, unless a table was named. */
  readonly events?: StagedEvents;
  /** KQL types that the format gives, by field. */
  readonly types?: ReadonlyMap<string, string>;
  /** Records that are no rows, with what stood there. */
  readonly rejected: readonly Problem[];
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}
