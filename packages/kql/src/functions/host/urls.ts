import { type HostFunction, hostFunction } from "./define.ts";

export const urlFunctions: readonly HostFunction[] = [
  hostFunction("goshawk_url_encode", ["VARCHAR"], "VARCHAR", (text) => encode(String(text)).replaceAll("%20", "+")),
  hostFunction("goshawk_url_encode_component", ["VARCHAR"], "VARCHAR", (text) => encode(String(text))),
  hostFunction("goshawk_url_decode", ["VARCHAR"], "VARCHAR", (text) => decode(String(text))),
  hostFunction("goshawk_parse_url", ["VARCHAR"], "VARCHAR", (text) => JSON.stringify(parseUrl(String(text)))),
  hostFunction("goshawk_parse_urlquery", ["VARCHAR"], "VARCHAR", (text) =>
    JSON.stringify({ "Query Parameters": parameters(String(text).replace(/^\?/, "")) }),
  ),
  hostFunction("goshawk_parse_path", ["VARCHAR"], "VARCHAR", (text) => JSON.stringify(parsePath(String(text)))),
];

/** As .NET: hexadecimal digits in small letters. */
function encode(text: string): string {
  const whole = text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");
  return encodeURIComponent(whole).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
}

/** A malformed escape stays as it is. */
function decode(text: string): string {
  return text.replaceAll("+", " ").replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

function parameters(query: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const part of query.split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const key = equals < 0 ? part : part.slice(0, equals);
    found[key] = equals < 0 ? "" : part.slice(equals + 1);
  }
  return found;
}

function parseUrl(text: string): object {
  const match =
    /^([a-zA-Z][\w+.-]*):\/\/(?:([^/?#@:]*)(?::([^/?#@]*))?@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(
      text,
    );
  const [, scheme = "", user = "", password = "", host = "", port = "", path = "", query = "", fragment = ""] =
    match ?? [];
  return {
    Scheme: scheme,
    Host: host,
    Port: port,
    Path: path,
    Username: user,
    Password: password,
    "Query Parameters": parameters(query),
    Fragment: fragment,
  };
}

function parsePath(text: string): object {
  const [, scheme = "", rest = text] = /^([a-zA-Z][a-zA-Z0-9+.-]+):\/\/(.*)$/s.exec(text) ?? [];
  const [, path = rest, stream = ""] = /^((?:[a-zA-Z]:)?[^:]*):([^:\\/]+)$/s.exec(rest) ?? [];
  const root = /^[a-zA-Z]:[\\/]?/.exec(path)?.[0] ?? "";
  const cut = Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/"));
  const directory = cut < 0 ? "" : path.slice(0, cut);
  const file = path.slice(cut + 1);
  const dot = file.lastIndexOf(".");
  return {
    Scheme: scheme,
    RootPath: root,
    DirectoryPath: directory,
    DirectoryName: directory.slice(Math.max(directory.lastIndexOf("\\"), directory.lastIndexOf("/")) + 1),
    Filename: file,
    Extension: dot < 0 ? "" : file.slice(dot + 1),
    AlternateDataStreamName: stream,
  };
}
