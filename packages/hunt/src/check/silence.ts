import { isCheckCode } from "./codes.ts";
import { type FileText, positionOf } from "./places.ts";
import type { CheckProblem } from "./problem.ts";

/** `goshawk-ignore code: why` in a comment: for its line and the next one, or with `-file` for the whole file. */
const marker =
  /(?:#|\/\/|<!--)[ \t]*goshawk-ignore(-file)?[ \t]+([\w-]+)[ \t]*:?[ \t]*([^\r\n]*?)[ \t]*(?:-->)?[ \t]*$/gm;

interface Silence {
  readonly code: string;
  readonly reason: string;
  readonly line: number;
  readonly whole: boolean;
  readonly offset: number;
  readonly length: number;
}

/** What a file's comments silence, marked with the reason; a comment that gives none, or silences nothing, is a problem. */
export function silenced(problems: readonly CheckProblem[], file: FileText): readonly CheckProblem[] {
  const silences = silencesIn(file);
  if (silences.length === 0) return problems;
  const used = new Set<Silence>();
  const marked = problems.map((problem) => {
    const found = silences.find((silence) => silence.reason !== "" && covers(silence, problem));
    if (found === undefined) return problem;
    used.add(found);
    return { ...problem, silenced: found.reason };
  });
  const odd = silences.filter((silence) => !used.has(silence)).map((silence) => complaint(silence, file));
  return [...marked, ...odd];
}

function silencesIn(file: FileText): readonly Silence[] {
  return [...file.text.matchAll(marker)].map((match) => {
    const [whole, all, code = "", reason = ""] = match;
    const { line } = positionOf(match.index, file);
    return { code, reason, line, whole: all !== undefined, offset: match.index, length: whole.length };
  });
}

function covers({ code, line, whole }: Silence, { code: raised, start }: CheckProblem): boolean {
  return code === raised && (whole || start.line === line || start.line === line + 1);
}

function complaint({ code, reason, offset, length }: Silence, file: FileText): CheckProblem {
  const place = { path: file.path, start: positionOf(offset, file), end: positionOf(offset + length, file) };
  if (reason === "")
    return {
      ...place,
      code: "silence-without-reason",
      severity: "warning",
      message: `This would silence '${code}', but gives no reason.`,
      next: `Write 'goshawk-ignore ${code}: why'.`,
    };
  const message = isCheckCode(code) ? `'${code}' isn't raised here.` : `There is no code '${code}'.`;
  return { ...place, code: "unused-silence", severity: "information", message, next: "Take the comment out." };
}
