/** A file that stood in an archive: unpacked, or why it could not be. */
export type Archived =
  | { readonly name: string; readonly path: string }
  | { readonly name: string; readonly failure: string };
