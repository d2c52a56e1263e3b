export { addressModule } from "./addressModule.ts";
export { type CatalogueTable, catalogueTable, catalogueTableNames, renamedTables } from "./catalogue/catalogue.ts";
export { externalModule } from "./externalModule.ts";
export type { AddressOptions } from "./outside/addresses.ts";
export type { ExternalOptions } from "./outside/locate.ts";
export { plannerModule } from "./plannerModule.ts";
export { schemasModule } from "./schemasModule.ts";
export { takeLock } from "./store/lock.ts";
export type { Problem, Receipt, ReceiptTable, UnconvertedColumn } from "./store/receipt.ts";
export {
  hiddenColumns,
  type Segment,
  type StoredColumn,
  type StoredTable,
  type StoreSnapshot,
} from "./store/snapshot.ts";
export { openStore, type Store } from "./store/store.ts";
