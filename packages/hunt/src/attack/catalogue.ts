import { readFileSync } from "node:fs";

/** A tactic of ATT&CK. */
export interface Tactic {
  readonly id: string;
  /** As rules write it: `InitialAccess`. */
  readonly key: string;
  readonly name: string;
}

/** A technique or sub-technique of ATT&CK. */
export interface Technique {
  readonly id: string;
  /** A sub-technique's with its technique's before it. */
  readonly name: string;
  /** Keys of the tactics that it serves. */
  readonly tactics: readonly string[];
}

/** Tactics and techniques of ATT&CK Enterprise. */
export interface AttackCatalogue {
  readonly version: string;
  readonly tactics: readonly Tactic[];
  readonly techniques: ReadonlyMap<string, Technique>;
  /** Ids that were revoked, and the techniques in their place. */
  readonly revoked: ReadonlyMap<string, string>;
  /** Ids without a successor. */
  readonly deprecated: ReadonlySet<string>;
}

let known: AttackCatalogue | undefined;

/** The catalogue that is shipped; `attack.txt` says of which version it is. */
export function attackCatalogue(): AttackCatalogue {
  known ??= read(readFileSync(new URL("../../attack.txt", import.meta.url), "utf8"));
  return known;
}

function read(text: string): AttackCatalogue {
  const lines = text.split("\n");
  const rows = lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => line.split("|"));
  const version = /version ([\d.]+)/.exec(lines[0] ?? "")?.[1] ?? "";
  const ofKind = (kind: string): readonly (readonly string[])[] => rows.filter(([first]) => first === kind);
  const tactics = ofKind("tactic").map(([, , id = "", key = "", name = ""]): Tactic => ({ id, key, name }));
  const keys = new Map(ofKind("tactic").map(([, code = "", , key = ""]) => [code, key]));
  const techniques = rows.filter(([first]) => /^T\d/.test(first ?? "")).flatMap((row) => techniquesOf(row, keys));
  return {
    version,
    tactics,
    techniques: new Map(techniques.map((technique) => [technique.id, technique])),
    revoked: new Map(ofKind("revoked").map(([, id = "", successor = ""]) => [id, successor])),
    deprecated: new Set(ofKind("deprecated").map(([, id = ""]) => id)),
  };
}

function techniquesOf(row: readonly string[], keys: ReadonlyMap<string, string>): readonly Technique[] {
  const [id = "", codes = "", name = "", ...subs] = row;
  const tactics = codes.split(",").map((code) => keys.get(code) ?? code);
  const refined = subs.map(
    (sub): Technique => ({ id: `${id}.${sub.slice(0, 3)}`, name: `${name}: ${sub.slice(4)}`, tactics }),
  );
  return [{ id, name, tactics }, ...refined];
}
