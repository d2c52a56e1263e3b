// Writes docs/support-matrix.md: npm run support-matrix
import { writeFile } from "node:fs/promises";
import { supportMatrix } from "@goshawk/kql";
import { formatSupportMatrix } from "@goshawk/testkit";

await writeFile(new URL("../docs/support-matrix.md", import.meta.url), formatSupportMatrix(supportMatrix()));
