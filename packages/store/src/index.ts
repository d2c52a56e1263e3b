export { type CatalogueTable, catalogueTable, catalogueTableNames, renamedTables } from "./catalogue/catalogue.ts";
export { schemasModule } from "./schemasModule.ts";
export type { StoreSnapshot } from "./store/snapshot.ts";
export { openStore, type Store, type StoreWriter } from "./store/store.ts";
export type { SourceReceipt, StoredColumn, StoredTable, UnconvertedColumn } from "./storedTable.ts";
