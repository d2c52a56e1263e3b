import type { Span } from "../../diagnostics/span.ts";
import type { KqlType } from "../../values/type.ts";

/** A column of a `parse` pattern. */
export interface Captured {
  readonly name: string;
  readonly type: KqlType;
  readonly span: Span;
}

export type PatternPart =
  | { readonly kind: "star" }
  | { readonly kind: "text"; readonly text: string; readonly span: Span }
  | { readonly kind: "column"; readonly column: Captured };

const guid = "[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}";

const simple: Readonly<Partial<Record<KqlType, string>>> = {
  bool: String.raw`\s*(?:(?i:true|false)|[-+]?\d+)`,
  int: String.raw`\s*[-+]?\d+`,
  long: String.raw`\s*[-+]?\d+`,
  real: String.raw`\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`,
  decimal: String.raw`\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`,
  guid: String.raw`\s*${guid}`,
};

const regex: Readonly<Partial<Record<KqlType, string>>> = {
  bool: "(?i:true|false)",
  int: String.raw`[-+]?\d+`,
  long: String.raw`[-+]?\d+`,
  real: String.raw`[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?`,
  decimal: String.raw`[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?`,
  guid,
};

/** What a typed column matches where no delimiter ends it; undefined where that isn't known. */
export function shapeOf(type: KqlType, kind: "simple" | "regex"): string | undefined {
  return (kind === "simple" ? simple : regex)[type];
}
