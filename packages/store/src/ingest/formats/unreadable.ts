/** A file that can't be read as rows: what was found, and the next move. */
export class UnreadableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UnreadableError";
  }
}
