// What a program needs to read and print Kusto's values, and to quote names, without the compiler.
export { type Position, positionAt } from "./diagnostics/span.ts";
export { quoteIdentifier, quoteText } from "./sql/print.ts";
export { UNIX_EPOCH_TICKS } from "./values/calendar.ts";
export { formatDatetime } from "./values/datetime.ts";
export { parseDatetime } from "./values/parseDatetime.ts";
export { storedTypes } from "./values/storedType.ts";
