// Records what Rust's regex crate, whose syntax is Kusto's, answers: npm run regex-answers
import { writeFile } from "node:fs/promises";
import { RRegex } from "rregex";
import { patterns, randomPatterns, texts } from "./patterns.mjs";

const out = new URL("../../packages/kql/test/regex/rust.generated.json", import.meta.url);

function asked(pattern, question) {
  let regex;
  try {
    regex = new RRegex(pattern);
  } catch {
    return null;
  }
  try {
    return texts.map((text) => question(regex, text));
  } finally {
    regex.free();
  }
}

/** The groups of every match; those that took no part are left out. */
const matches = (regex, text) =>
  regex.capturesAll(text).map((found) => found.get.filter(Boolean).map((at) => at.value));

function summary(regex, text) {
  const found = regex.findAll(text).map((match) => match.value);
  return { first: found[0] ?? "", count: found.length, without: regex.replaceAll(text, "#") };
}

const answers = {
  texts,
  chosen: patterns.map((pattern) => ({
    pattern,
    matches: asked(pattern, matches),
    grouped: asked(`(${pattern})`, summary),
  })),
  random: [...randomPatterns(20260101, 300)].map((pattern) => ({ pattern, matches: asked(pattern, matches) })),
};
const lines = (items) => `[\n${items.map((item) => JSON.stringify(item)).join(",\n")}\n]`;
await writeFile(
  out,
  `{"texts":${JSON.stringify(texts)},\n"chosen":${lines(answers.chosen)},\n"random":${lines(answers.random)}}\n`,
);
