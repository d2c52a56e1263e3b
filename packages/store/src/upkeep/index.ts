export { type CompactOptions, type CompactReport, compact, type Merged } from "./compact.ts";
export { describeStore, type StoreFacts, type TableFacts } from "./describe.ts";
export { type Outdated, type RetainOptions, type RetainReport, retain } from "./retain.ts";
export { type Damage, type VerifyOptions, type VerifyReport, verify } from "./verify.ts";
