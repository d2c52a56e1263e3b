import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadRulePaths } from "../../src/rules/loadPaths.ts";

let folder = "";
const rule = "name: A rule\nquery: T\n";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goshawk-rules-"));
  for (const name of ["b", "a/deep", ".git", "node_modules", "empty"])
    await mkdir(join(folder, name), { recursive: true });
  const files = ["b/2.yaml", "b/10.yml", "a/deep/x.kql", "b/notes.pdf", ".git/x.yaml", "node_modules/x.yaml", "z.md"];
  for (const name of files) await writeFile(join(folder, name), name.endsWith("md") ? "# A\n\n```kql\nT\n```\n" : rule);
  await writeFile(join(folder, "wide.txt"), Buffer.from("\ufeffSecurityEvent | take 1", "utf16le"));
  await symlink(folder, join(folder, "a", "around"));
  await symlink(join(folder, "b", "2.yaml"), join(folder, "b", "3.yaml"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function names(files: Awaited<ReturnType<typeof loadRulePaths>>): readonly string[] {
  return files.map(({ path }) => path.slice(folder.length + 1).replaceAll("\\", "/"));
}

describe("paths of rules", () => {
  it("are read in the same order every time, with all below a folder, once each, without going in circles", async () => {
    const files = await loadRulePaths([join(folder, "b", "2.yaml"), folder], { from: folder });
    expect(names(files)).toEqual(["b/2.yaml", "a/deep/x.kql", "b/10.yml", "b/3.yaml", "wide.txt", "z.md"]);
    expect(files.map(({ rules }) => rules.length)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it("give the same derived id whichever way a file is named", async () => {
    const [direct] = await loadRulePaths([join(folder, "b", "2.yaml")], { from: folder });
    const below = await loadRulePaths([`${join(folder, "b")}/../b`], { from: folder });
    const again = below.find(({ path }) => path.endsWith("2.yaml"));
    expect(again?.rules[0]?.id).toBe(direct?.rules[0]?.id);
  });

  it("tell how a file was encoded", async () => {
    const [file] = await loadRulePaths([join(folder, "wide.txt")], { from: folder });
    expect(file?.rules[0]?.query).toBe("SecurityEvent | take 1");
    expect(file?.repairs.map(({ code }) => code)).toEqual(["encoding", "byte-order-mark"]);
  });

  it("that lead nowhere, or to a folder without rules, are problems and stop nothing", async () => {
    const paths = [join(folder, "no.yaml"), join(folder, "empty"), join(folder, "z.md")];
    const files = await loadRulePaths(paths, { from: folder });
    expect(files.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      ["unreadable-file"],
      ["no-rule-files"],
      [],
    ]);
    expect(files[0]?.problems[0]?.message).toContain("no such file");
  });

  it("report each file as it is read, and stop when told to", async () => {
    const stop = new AbortController();
    const seen: string[] = [];
    const onFile = ({ path }: { path: string }): void => {
      seen.push(path);
      stop.abort(new Error("enough"));
    };
    await expect(loadRulePaths([folder], { from: folder, signal: stop.signal, onFile })).rejects.toThrow("enough");
    expect(seen).toHaveLength(1);
  });

  it("to a file too large to be a rule are not read into memory", async () => {
    const path = join(folder, "large.kql");
    await writeFile(path, " ".repeat(5 * 1024 * 1024));
    const [file] = await loadRulePaths([path], { from: folder });
    await rm(path);
    expect(file?.problems).toMatchObject([{ code: "too-large" }]);
  });
});
