export { openParquetFolder, type ParquetFolder } from "./openParquetFolder.ts";
