export { type Comparison, type Condition, conditionOutline } from "./bind/condition.ts";
export type { Render, TimeScope } from "./bind/context.ts";
export { expressionFault } from "./bind/expressionFault.ts";
export { parseValue } from "./bind/literal.ts";
export { nameReferences } from "./bind/nameReferences.ts";
export { watchlistTable } from "./bind/outside/declarations.ts";
export type { ExternalAnswer, ExternalColumn, ExternalRequest } from "./bind/outside/externalRequest.ts";
export { functionFault } from "./bind/storedFunctions.ts";
export {
  type CompiledQuery,
  type CompileOptions,
  type CompileResult,
  compile,
  type Discovery,
  sqlOf,
} from "./compile.ts";
export { type Diagnostic, diagnostic, InvariantError } from "./diagnostics/diagnostic.ts";
export { nearest } from "./diagnostics/nearest.ts";
export { runTimeFaultIn } from "./diagnostics/runTimeFault.ts";
export { type Position, positionAt, type Span, span } from "./diagnostics/span.ts";
export type { Discovered } from "./discovery.ts";
export type { AggregateFunction } from "./functions/aggregate.ts";
export { aggregateFunctions } from "./functions/aggregates/index.ts";
export type { Example, RefusedFunction, ScalarFunction } from "./functions/define.ts";
export { scalarFamilies as scalarFunctions } from "./functions/families.ts";
export { placeOfAddress } from "./functions/geo/address.ts";
export { type HostFunction, type HostValue, hostFunction } from "./functions/host/define.ts";
export { hostFunctions } from "./functions/host/index.ts";
export type { Column } from "./ir/column.ts";
export { explain } from "./ir/explain.ts";
export { type NeededRows, neededRows } from "./ir/neededRows.ts";
export type { Read, Rel } from "./ir/rel.ts";
export type { LiteralValue, Scalar } from "./ir/scalar.ts";
export { columnsIn } from "./ir/substitute.ts";
export { type TimeRange, timeRange } from "./ir/timeRange.ts";
export { type Examination, type ExamineOptions, examine } from "./lint/examine.ts";
export type { QueryEdit, QueryNote, QueryNoteCode, QueryNoteFacts } from "./lint/note.ts";
export type { TimeWindow } from "./lint/timeWindows.ts";
export { type DictionaryColumn, dictionaryQuery } from "./lower/dictionary.ts";
export type { TableLayout } from "./lower/rel.ts";
export { type OfficialSchema, officialSchema } from "./officialSchema.ts";
export { quoteIdentifier, quoteText } from "./sql/print.ts";
export { type Support, type SupportEntry, supportMatrix } from "./support.ts";
export type { StoredFunction } from "./syntax/globals.ts";
export { official as loadParser } from "./syntax/load.ts";
export type { OfficialColumn } from "./syntax/tree.ts";
export { UNIX_EPOCH_TICKS } from "./values/calendar.ts";
export { formatDatetime } from "./values/datetime.ts";
export { elements as jsonElements, properties as jsonProperties } from "./values/jsonText.ts";
export { parseDatetime } from "./values/parseDatetime.ts";
export { parseTimespan } from "./values/parseTimespan.ts";
export { formatReal } from "./values/real.ts";
export type { ColumnSchema, TableSchema } from "./values/schema.ts";
export { storedTypes } from "./values/storedType.ts";
export { formatTimespan } from "./values/timespan.ts";
export type { KqlType } from "./values/type.ts";
