// Ingests a folder into a store, saying on stdout what is stored: node ingestingProcess.mjs <store> <folder>
import { writeSync } from "node:fs";
import { openStore } from "@goshawk/store";
import { ingest } from "@goshawk/store/ingest";

const [folder, input] = process.argv.slice(2);
writeSync(1, "started\n");
await ingest([input], {
  store: await openStore(folder),
  onReceipt: (receipt) => writeSync(1, `stored ${receipt.sha256} ${receipt.rows}\n`),
});
writeSync(1, "done\n");
