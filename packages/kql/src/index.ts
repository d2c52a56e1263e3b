export { type Position, positionAt, type Span, span } from "./diagnostics/span.ts";
export type { ColumnSchema, TableSchema } from "./ir/schema.ts";
export type { KqlType } from "./ir/type.ts";
