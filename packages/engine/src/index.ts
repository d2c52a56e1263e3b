export { BackendError } from "./error.ts";
export type { Cell, ResultTable } from "./result.ts";
