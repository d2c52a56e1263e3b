/** A law that a query breaks. */
export interface Failure {
  readonly law: string;
  readonly message: string;
}

/** What makes two failures the same one: the law, and the message without names and numbers of one query. */
export function signatureOf({ law, message }: Failure): string {
  const [line = ""] = message.split("\n");
  const common = line
    .replaceAll(/"[^"]*"|'[^']*'/g, "_")
    .replaceAll(/\b[cstgvx]?\d[\w.]*\b/g, "_")
    .slice(0, 100);
  return law === "no crash" ? `${law}: ${common}` : law;
}
