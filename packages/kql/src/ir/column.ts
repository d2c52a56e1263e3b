import type { KqlType } from "../values/type.ts";

/** A column of one relational node. `id` is unique in a compilation, so that names never clash in SQL. */
export interface Column {
  readonly id: number;
  /** The name that KQL shows; case-sensitive. */
  readonly name: string;
  readonly type: KqlType;
  /** False only where no row can hold a null. Strings are never null. */
  readonly nullable: boolean;
}
