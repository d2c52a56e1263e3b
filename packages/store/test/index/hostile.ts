/** Texts at which case folding, borders of terms and encodings go different ways. */
export const hostile: readonly string[] = [
  "İstanbul",
  "istanbul",
  "xİy zed",
  "Straße 7",
  "STRASSE",
  "\u212Aelvin scale",
  "kelvin SCALE",
  "ſecret term",
  "SECRET",
  "ΣΊΣΥΦΟΣ σίσυφος",
  "DWSNET OÜ",
  "e\u0301clair",
  "foo–bar",
  "foo—bar.exe",
  "naïve.txt",
  "😀party😀.exe /go",
  "a\u0000b",
  "line\nbreak\ttab",
  "１２３ full width",
  "C:\\Users\\Public\\evil.exe -k=7",
  "http://198.51.100.7:8080/x?y=1",
  "5.198.51.100.7.9",
  "198.51.100.77",
  "_under_score_",
  "--",
  "...",
  " ",
  "",
  "a",
  '"quoted" \\ back',
  '{"k":"v\\u0041"}',
  "tail.",
  ".head",
];

export const operators: readonly string[] = [
  "has",
  "has_cs",
  "hasprefix",
  "hasprefix_cs",
  "hassuffix",
  "hassuffix_cs",
  "contains",
  "contains_cs",
  "startswith",
  "startswith_cs",
  "endswith",
  "endswith_cs",
  "==",
  "=~",
];

/** A text as KQL writes it. */
export function kqlText(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
