import { exec } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Server } from "../src/index.ts";
import { startServer } from "./support.ts";

let server: Server;
beforeAll(async () => {
  server = await startServer({
    now: "latest",
    rules: [fileURLToPath(new URL("../../../content/founding", import.meta.url))],
  });
});
afterAll(() => server.close());

/** The commands of a page that ask the server, for a port of our own; those that need an id or a token aside. */
async function commandsOf(page: string): Promise<readonly string[]> {
  const text = await readFile(new URL(`../../../${page}`, import.meta.url), "utf8");
  const lines = [...text.matchAll(/^curl .*localhost:8080.*$/gm)].map(([line]) => line.replace(/\s{2,}#.*$/, ""));
  return lines
    .filter((line) => !/\/ID\b|@export/.test(line))
    .map((line) => line.replace("localhost:8080", new URL(server.url).host));
}

test.each(["README.md", "docs/serve.md"])(
  "each curl of %s is answered as it stands, without an error",
  async (page) => {
    const commands = await commandsOf(page);
    expect(commands.length).toBeGreaterThan(3);
    for (const command of commands) {
      const { stdout } = await promisify(exec)(command, {
        shell: "/bin/bash",
        maxBuffer: 64 * 2 ** 20,
      });
      expect(stdout, command).not.toBe("");
      expect(stdout, command).not.toMatch(/^\{"error"|"HasErrors":true/);
    }
  },
  120_000,
);
