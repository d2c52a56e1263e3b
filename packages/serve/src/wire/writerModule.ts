/** Where an engine's thread finds what writes rows: compiled, because a worker can't load TypeScript. */
export const writerModule: string = new URL("./writer.js", import.meta.url).href.replace("/src/", "/dist/");
