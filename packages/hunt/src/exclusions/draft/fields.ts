/** Names that pages and other tools use, and what they are called in Elastic's common schema. */
const spellings: Readonly<Record<string, string>> = {
  "process.parent_process_name": "process.parent.name",
  "process.parent_name": "process.parent.name",
  parent_process_name: "process.parent.name",
  "process.executable": "process.path",
  "process.cmdline": "process.command_line",
  "file.hash_sha256": "file.hash.sha256",
  "file.hash_sha1": "file.hash.sha1",
  "file.hash_md5": "file.hash.md5",
  "file.sha256": "file.hash.sha256",
  "file.sha1": "file.hash.sha1",
  "host.hostname": "host.name",
};

/** Where another table's event is about a process of its own, and elsewhere the one that caused the event. */
interface FieldColumns {
  readonly processEvents: string;
  readonly elsewhere: string;
}

const both = (column: string): FieldColumns => ({ processEvents: column, elsewhere: column });

/** Fields of Elastic's common schema, and the columns of Defender's tables that hold the same. */
const columns: Readonly<Record<string, FieldColumns>> = {
  "process.name": { processEvents: "FileName", elsewhere: "InitiatingProcessFileName" },
  "process.path": { processEvents: "FolderPath", elsewhere: "InitiatingProcessFolderPath" },
  "process.command_line": { processEvents: "ProcessCommandLine", elsewhere: "InitiatingProcessCommandLine" },
  "process.parent.name": { processEvents: "InitiatingProcessFileName", elsewhere: "InitiatingProcessParentFileName" },
  "process.parent.command_line": {
    processEvents: "InitiatingProcessCommandLine",
    elsewhere: "InitiatingProcessParentCommandLine",
  },
  "file.name": both("FileName"),
  "file.path": both("FolderPath"),
  "file.hash.sha1": both("SHA1"),
  "file.hash.sha256": both("SHA256"),
  "file.hash.md5": both("MD5"),
  "file.code_signature.subject_name": both("Signer"),
  "user.name": both("AccountName"),
  "user.email": both("AccountUpn"),
  "host.name": both("DeviceName"),
  "host.id": both("DeviceId"),
  "source.ip": both("LocalIP"),
  "destination.ip": both("RemoteIP"),
  "destination.port": both("RemotePort"),
  "url.full": both("RemoteUrl"),
};

/** The column of a table that holds what a field means; a name that is none of these stands for itself. */
export function columnOf(field: string, table: string): string {
  const name = field.toLowerCase();
  const spelt = Object.hasOwn(spellings, name) ? (spellings[name] ?? name) : name;
  const found = Object.hasOwn(columns, spelt) ? columns[spelt] : undefined;
  if (found === undefined) return field;
  return table === "DeviceProcessEvents" ? found.processEvents : found.elsewhere;
}

/** Columns whose text whoever brings the file or starts the process is free to choose. */
const chosenFreely: ReadonlySet<string> = new Set([
  "FileName",
  "FolderPath",
  "ProcessCommandLine",
  "InitiatingProcessFileName",
  "InitiatingProcessFolderPath",
  "InitiatingProcessCommandLine",
  "InitiatingProcessParentFileName",
  "InitiatingProcessParentCommandLine",
  "RemoteUrl",
]);

export function isChosenFreely(column: string): boolean {
  return chosenFreely.has(column);
}

/** Characters of each sort of hash, for columns that hold one. */
export function hashLength(column: string): number | undefined {
  return /SHA256$/i.test(column) ? 64 : /SHA1$/i.test(column) ? 40 : /MD5$/i.test(column) ? 32 : undefined;
}
