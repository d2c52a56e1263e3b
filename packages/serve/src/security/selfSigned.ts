import { mkdir, open, readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { join } from "node:path";
import { generate } from "selfsigned";

/** A key and its certificate, and where the latter is for clients to trust. */
export interface SelfSigned {
  readonly key: string;
  readonly cert: string;
  readonly certFile: string;
}

const DAYS = 365;

/** The certificate that a store's server made for itself, or a new one where it has none that still holds for `names`. */
export async function selfSigned(folder: string, names: readonly string[]): Promise<SelfSigned> {
  const place = join(folder, "tls");
  const certFile = join(place, "cert.pem");
  const keyFile = join(place, "key.pem");
  const wanted = [...new Set(["localhost", "127.0.0.1", "::1", ...names])];
  const listFile = join(place, "names.json");
  const mark = JSON.stringify(wanted);
  const known = await Promise.all([certFile, keyFile, listFile].map((file) => readFile(file, "utf8"))).catch(() => []);
  const [cert, key, list] = known;
  if (cert !== undefined && key !== undefined && list !== undefined) {
    const { names: of, until } = JSON.parse(list) as { readonly names: string; readonly until: number };
    if (of === mark && until > Date.now()) return { cert, key, certFile };
  }
  const until = new Date(Date.now() + DAYS * 24 * 3600_000);
  const made = await generate([{ name: "commonName", value: "Goshawk" }], {
    algorithm: "sha256",
    keyType: "ec",
    notAfterDate: until,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", digitalSignature: true, keyCertSign: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: wanted.map((name) => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name })),
      },
    ],
  });
  await mkdir(place, { recursive: true, mode: 0o700 });
  await put(keyFile, made.private);
  await put(certFile, made.cert);
  await put(listFile, JSON.stringify({ names: mark, until: until.getTime() - 24 * 3600_000 }));
  return { key: made.private, cert: made.cert, certFile };
}

async function put(path: string, text: string): Promise<void> {
  const file = await open(path, "w", 0o600);
  await file.writeFile(text);
  await file.close();
}
