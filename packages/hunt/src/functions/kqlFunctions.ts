import { basename } from "node:path";
import type { StoredFunction } from "@goshawk/kql";
import { balancedEnd } from "./balanced.ts";
import { bodyOf, parameterList } from "./functionFile.ts";
import { headerOf, namesInHeader, parametersInHeader } from "./header.ts";

/**
 * The functions of a KQL text: those that commands create, or the one that its only statement declares; else the text
 * is the body of a function that is called as the file is.
 */
export function kqlFunctions(text: string, path: string): readonly StoredFunction[] {
  const created = createdFunctions(text);
  if (created.length > 0) return created;
  const declared = declaredFunction(text);
  if (declared !== undefined) return [declared];
  const header = headerOf(text);
  const parameters = parameterList(parametersInHeader(header));
  const names = new Set([nameOfFile(path), ...namesInHeader(header)]);
  return [...names].map((name) => ({ name, parameters, body: bodyOf(text) }));
}

/** `let F = (a: long) { … };` and nothing else. */
function declaredFunction(text: string): StoredFunction | undefined {
  const lines = /^(?:[ \t]*(?:\/\/[^\n]*)?\r?\n)*/.exec(text)?.[0].length ?? 0;
  const found = /^\s*let\s+([\p{L}_][\p{L}\p{N}_]*)\s*=\s*(?=\()/u.exec(text.slice(lines));
  if (found === null) return undefined;
  const open = lines + found[0].length;
  const close = balancedEnd(text, open);
  const body = close + (/^\s*/.exec(text.slice(close))?.[0].length ?? 0);
  const end = balancedEnd(text, body);
  if (text[body] !== "{" || !/^[\s;]*$/.test(text.slice(end))) return undefined;
  return { name: found[1] ?? "", parameters: text.slice(open, close), body: text.slice(body, end) };
}

/** The file's name, with what no function's name may hold made `_`. */
function nameOfFile(path: string): string {
  const name = basename(path).replace(/(\.(kql|kusto|csl|txt))+$/i, "");
  return name.replace(/[^\p{L}\p{N}_]/gu, "_");
}

const command = /^[ \t]*\.(?:create|alter|create-or-alter)\s+function\s+(?:ifnotexists\s+)?/gim;

/** `.create-or-alter function with (folder="x") F(a: long) { … }` */
function createdFunctions(text: string): readonly StoredFunction[] {
  return [...text.matchAll(command)].flatMap((found) => {
    let at = found.index + found[0].length;
    const properties = /^with\s*\(/i.exec(text.slice(at));
    if (properties !== null) at = balancedEnd(text, at + properties[0].length - 1);
    const name = /^\s*(?:\[['"])?([\p{L}_][\p{L}\p{N}_-]*)(?:['"]\])?\s*/u.exec(text.slice(at));
    if (name === null) return [];
    const open = at + name[0].length;
    const close = balancedEnd(text, open);
    const body = text.indexOf("{", close);
    if (text[open] !== "(" || body < 0) return [];
    return [
      { name: name[1] ?? "", parameters: text.slice(open, close), body: text.slice(body, balancedEnd(text, body)) },
    ];
  });
}
