import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testCommand } from "../src/commands/test.ts";
import { exitCodes } from "../src/exit.ts";
import { memoryTerminal } from "./memoryTerminal.ts";

test("--rule that no case tests is an error, not a run in which all is well", async () => {
  const folder = await mkdtemp(join(tmpdir(), "goshawk-test-"));
  try {
    await writeFile(join(folder, "a.kql"), "DeviceEvents | take 1");
    await writeFile(join(folder, "a.test.yaml"), "now: 2026-11-01\ntests: [{ name: x, expect: nothing }]\n");
    const options = { format: "table", rule: "nosuch" };
    await expect(testCommand([folder], options, memoryTerminal().terminal)).rejects.toThrow(/'nosuch'/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("a run in which nothing was tried is not one in which all went well", async () => {
  const folder = await mkdtemp(join(tmpdir(), "goshawk-test-"));
  try {
    await writeFile(join(folder, "a.kql"), "DeviceEvents | take 1");
    const memory = memoryTerminal();
    expect(await testCommand([folder], { format: "junit" }, memory.terminal)).toBe(exitCodes.usage);
    expect(memory.notes.join("\n")).toContain(`No test case for the rule in ${folder}`);
    expect(memory.out.join("")).toContain('tests="0"');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
