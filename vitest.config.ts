import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["goshawk-source"] },
  ssr: { resolve: { conditions: ["goshawk-source"], externalConditions: ["goshawk-source"] } },
  test: {
    include: ["packages/*/test/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
