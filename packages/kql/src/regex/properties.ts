import type { NamedSet } from "./tree.ts";

/** General categories by their long names; RE2 and JavaScript know the short ones. */
const categories: Readonly<Record<string, string>> = {
  letter: "L",
  casedletter: "LC",
  uppercaseletter: "Lu",
  lowercaseletter: "Ll",
  titlecaseletter: "Lt",
  modifierletter: "Lm",
  otherletter: "Lo",
  mark: "M",
  combiningmark: "M",
  nonspacingmark: "Mn",
  spacingmark: "Mc",
  enclosingmark: "Me",
  number: "N",
  decimalnumber: "Nd",
  digit: "Nd",
  letternumber: "Nl",
  othernumber: "No",
  punctuation: "P",
  punct: "P",
  connectorpunctuation: "Pc",
  dashpunctuation: "Pd",
  openpunctuation: "Ps",
  closepunctuation: "Pe",
  initialpunctuation: "Pi",
  finalpunctuation: "Pf",
  otherpunctuation: "Po",
  symbol: "S",
  mathsymbol: "Sm",
  currencysymbol: "Sc",
  modifiersymbol: "Sk",
  othersymbol: "So",
  separator: "Z",
  spaceseparator: "Zs",
  lineseparator: "Zl",
  paragraphseparator: "Zp",
  other: "C",
  control: "Cc",
  cntrl: "Cc",
  format: "Cf",
  surrogate: "Cs",
  privateuse: "Co",
  unassigned: "Cn",
};

const shortCategories: ReadonlyMap<string, string> = new Map(
  Object.values(categories).map((short) => [short.toLowerCase(), short]),
);
/** RE2 has no cased letters and knows no unassigned characters. */
const unknownToRe2: ReadonlySet<string> = new Set(["LC", "Cn", "C"]);

/** The set that `\p{name}` stands for, or undefined when there is none; names are compared loosely, as Unicode asks. */
export function unicodeSet(name: string): NamedSet | undefined {
  const [, key = "", value = ""] = /^([^=:]*?)\s*(?:!?=|:)\s*(.*)$/.exec(name) ?? [];
  const loose = (text: string): string => text.toLowerCase().replace(/[\s_-]/g, "");
  if (key !== "") {
    const of = loose(key);
    if (of === "gc" || of === "generalcategory") return category(loose(value));
    if (of === "sc" || of === "script") return script(value, "Script");
    return of === "scx" || of === "scriptextensions" ? script(value, "Script_Extensions") : undefined;
  }
  const plain = loose(name).replace(/^is(?=.)/, "");
  if (plain === "any") return property("Any");
  if (plain === "ascii") return property("ASCII");
  if (plain === "assigned") return property("Assigned");
  return category(plain) ?? property(titled(name)) ?? script(name, "Script");
}

function category(loose: string): NamedSet | undefined {
  const short = categories[loose] ?? shortCategories.get(loose);
  if (short === undefined) return undefined;
  return { re2: unknownToRe2.has(short) ? undefined : short, javascript: short };
}

function property(name: string): NamedSet | undefined {
  return known(name) ? { re2: undefined, javascript: name } : undefined;
}

function script(name: string, key: string): NamedSet | undefined {
  const spelled = `${key}=${titled(name)}`;
  return known(spelled) ? { re2: undefined, javascript: spelled } : undefined;
}

const titled = (name: string): string =>
  name
    .trim()
    .replace(/^is[\s_-]*(?=.)/i, "")
    .replace(/[\s-]+/g, "_")
    .toLowerCase()
    .replace(/(^|_)\p{L}/gu, (start) => start.toUpperCase());

function known(property: string): boolean {
  if (!/^[A-Za-z0-9_=]+$/.test(property)) return false;
  try {
    return new RegExp(`\\p{${property}}`, "v").flags !== "";
  } catch {
    return false;
  }
}
