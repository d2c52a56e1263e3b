import { readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { EstateManifest } from "@goshawk/estate";
import { exclusionDraftCommand } from "../commands/exclusionDraft.ts";
import { exclusionExportCommand } from "../commands/exclusionExport.ts";
import { exclusionPreviewCommand } from "../commands/exclusionPreview.ts";
import { exclusionReviewCommand } from "../commands/exclusionReview.ts";
import { findingsSetCommand } from "../commands/findingsSet.ts";
import { huntCommand } from "../commands/hunt.ts";
import { reportCommand } from "../commands/report.ts";
import { type ExitCode, exitCodes } from "../exit.ts";
import { readFindings } from "../findings/read.ts";
import type { Terminal } from "../terminal.ts";
import { shipped } from "./content.ts";
import { narrator } from "./narrator.ts";

/** From a page that somebody pasted to a tuned rule and a report, each step by the command that does it. */
export async function tellStory(
  folder: string,
  store: string,
  manifest: EstateManifest,
  terminal: Terminal,
): Promise<ExitCode> {
  const { say, run } = narrator(terminal);
  const at = (name: string): string => join(folder, name);
  const common = { store, now: "latest", format: "table" } as const;
  const here = (path: string): string => relative(process.cwd(), shipped(path));
  const page = here("founding/page.txt");
  const careful = here("exclusions/remote-management.yaml");
  const suffix = `--store ${store} --now latest`;

  say("1. A page as it was pasted: hypothesis, query, a rule without its indentation, five scenarios.");
  await run(`hunt ${page} ${suffix}`, (quiet) => huntCommand([page], common, quiet));
  say(truthText(manifest));

  say("2. Its five scenarios become drafts; what is odd about each is said, and none is applied.");
  const drafts = at("drafts.yaml");
  await run(`exclusion draft ${page} > ${drafts}`, (quiet) =>
    saved(drafts, quiet, (out) => exclusionDraftCommand(page, { owner: "soc@example.test" }, out)),
  );

  say("3. What each would hide, read as 'drop' and as 'keep', and how an intruder would use it.");
  await run(`exclusion preview ${drafts} ${page} ${suffix}`, (quiet) =>
    exclusionPreviewCommand(drafts, [page], { ...common, most: "50" }, quiet),
  );

  say(
    "4. An analyst has looked at one of the findings. The draft that would hide it is accepted as it is, and refused.",
  );
  const victim = manifest.truth.tools
    .flatMap(({ sightings }) => sightings)
    .find((item) => item.hidesIn === "windows-update" && item.withinLookback !== null);
  const { findings } = await readFindings(store, terminal);
  const found = findings.find((finding) => finding.entity === victim?.deviceName);
  if (found !== undefined) {
    const comment = `${victim?.fileName} came by ${victim?.createdBy}; nobody ordered it`;
    await run(`findings set ${found.id} --verdict true-positive --comment '${comment}' --store ${store}`, (quiet) =>
      findingsSetCommand([found.id], { store, verdict: "true-positive", comment }, quiet),
    );
  }
  const careless = at("careless.yaml");
  await writeFile(careless, accepted(await readFile(drafts, "utf8"), "windows-update"));
  await run(`hunt ${page} --exclusions ${careless} ${suffix} --no-record`, (quiet) =>
    huntCommand([page], { ...common, exclusions: [careless], record: false }, withoutRows(quiet)),
  );

  say(
    "5. The same five scenarios with places, programs and accounts in full. Their samples hold, and no intruder is hidden.",
  );
  await run(`exclusion preview ${careful} ${page} ${suffix}`, (quiet) =>
    exclusionPreviewCommand(careful, [page], { ...common, most: "50" }, quiet),
  );
  const tuned = await run(`hunt ${page} --exclusions ${careful} ${suffix}`, (quiet) =>
    huntCommand([page], { ...common, exclusions: [careful] }, quiet),
  );

  say("6. The tuned rule for Sentinel or Defender, proven on this data.");
  const kql = at("tuned.kql");
  const exported = await run(`exclusion export ${careful} ${page} ${suffix} --out ${kql}`, (quiet) =>
    exclusionExportCommand(careful, page, { store, now: "latest", form: "let", out: kql }, quiet),
  );
  await run(`exclusion review ${careful} --store ${store}`, (quiet) =>
    exclusionReviewCommand([careful], { store, format: "table", days: "30", drift: "3" }, quiet),
  );

  say("7. The hypothesis is more than one tool: every rule of the content pack, with the same exclusions.");
  const rules = here("remote-management");
  const hypothesis = (await readFile(page, "utf8")).split("\n")[0] ?? "";
  const title = "Remote-management tools that nobody ordered";
  const all = await run(
    `hunt ${rules} --exclusions ${careful} ${suffix} --summary --quiet --title '${title}'`,
    (quiet) =>
      huntCommand([rules], { ...common, exclusions: [careful], summary: true, quiet: true, title, hypothesis }, quiet),
  );

  say("8. A page for those who were not there.");
  const report = at("report.html");
  const reported = await run(`report --store ${store} --out ${report}`, (quiet) =>
    reportCommand(undefined, { store, out: report }, quiet),
  );
  return [tuned, exported, all, reported].find((code) => code !== exitCodes.ok) ?? exitCodes.ok;
}

/** Runs a command whose output goes to a file, as a shell would. */
async function saved(
  path: string,
  terminal: Terminal,
  command: (terminal: Terminal) => Promise<ExitCode>,
): Promise<ExitCode> {
  const texts: string[] = [];
  const code = await command({ ...terminal, out: (text) => void texts.push(text) });
  await writeFile(path, texts.join(""));
  return code;
}

function withoutRows(terminal: Terminal): Terminal {
  return { ...terminal, out: () => undefined };
}

/** The file with one draft alone, which somebody has read as 'drop'. */
function accepted(drafts: string, id: string): string {
  const [head = "", ...entries] = drafts.split(/^(?= {2}- id: )/m);
  const entry = entries.find((text) => text.includes(`- id: ${id}`)) ?? "";
  return `${head.split("\n")[0]}\n${entry.replace(/^ {2}#.*\n/gm, "").replace("    when:", "    meaning: drop\n    when:")}`;
}

/** What the generator knows and the hunt should have found. */
function truthText(manifest: EstateManifest): string {
  const { founding } = manifest.truth;
  return `The estate's own manifest says that files of '${founding.signer}' were seen in the last five days on ${founding.withinLookback.length} devices: some are intruders', some administrators' work.`;
}
