/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

export type Part = Html | string | number | readonly Part[];

/** HTML with everything put into it escaped, save what is HTML already; attributes must stand in double quotes. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: texts.map((text, index) => text + htmlOf(parts[index] ?? "")).join("") };
}

function htmlOf(part: Part): string {
  if (typeof part === "string") return escaped(part);
  if (typeof part === "number") return String(part);
  return "html" in part ? part.html : part.map(htmlOf).join("");
}

const named: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What has a meaning in HTML as a reference; what can't be seen, or turns the direction of text, as its code. */
function escaped(text: string): string {
  return (
    text
      .replaceAll(/[&<>"']/g, (char) => named[char] ?? "")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach the page
      .replaceAll(/[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\p{Cs}]/gu, (char) => {
        return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
      })
  );
}
