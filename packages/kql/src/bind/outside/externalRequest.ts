/** A file that `externaldata` names, and how its records become rows of text. */
export interface ExternalRequest {
  /** As the query gives it, credentials after `;` left out. */
  readonly uri: string;
  /** In lower case: `csv`, `txt`, `multijson`, … */
  readonly format: string;
  readonly ignoreFirstRecord: boolean;
  readonly ignoreLastRecord: boolean;
  readonly columns: readonly ExternalColumn[];
  /** Which members of a zip archive are read. */
  readonly zipPattern?: string;
}

export interface ExternalColumn {
  readonly name: string;
  /** Where the ingestion mapping finds it: a JSON path, or the number of a field. */
  readonly path?: string;
}

/** The table that holds the rows as text, its columns in the request's order; or why there is none. */
export type ExternalAnswer =
  | { readonly kind: "table"; readonly table: string }
  | { readonly kind: "absent"; readonly reason: string; readonly next: string };

/** Thrown by binding where it can't go on without an answer. */
export class ExternalNeeded extends Error {
  readonly request: ExternalRequest;
  constructor(request: ExternalRequest) {
    super(`the rows of ${request.uri} are needed`);
    this.name = "ExternalNeeded";
    this.request = request;
  }
}
