import { XMLParser, XMLValidator } from "fast-xml-parser";

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  textNodeName: "#text",
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: false,
  processEntities: true,
  htmlEntities: false,
  trimValues: true,
});

/** An XML document as JSON: repeated elements become arrays, empty ones null; undefined where it is no XML. */
export function xmlToJson(text: string): string | undefined {
  if (text.trim() === "" || /<!DOCTYPE/i.test(text) || XMLValidator.validate(text) !== true) return undefined;
  try {
    return JSON.stringify(emptied(parser.parse(text)));
  } catch {
    return undefined;
  }
}

function emptied(value: unknown): unknown {
  if (value === "") return null;
  if (Array.isArray(value)) return value.map(emptied);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key.startsWith("@") ? inner : emptied(inner)]),
  );
}
