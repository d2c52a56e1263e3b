/** What a rule file may ask of the reader; real rules stay far below. */
export const limits: {
  readonly characters: number;
  /** Of JSON: an export may hold all rules of a workspace. */
  readonly jsonCharacters: number;
  readonly depth: number;
  readonly expandedNodes: number;
  readonly syntaxProblems: number;
} = {
  characters: 512 * 1024,
  jsonCharacters: 16 * 1024 * 1024,
  depth: 50,
  expandedNodes: 20_000,
  syntaxProblems: 3,
};
