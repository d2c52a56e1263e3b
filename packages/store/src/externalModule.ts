/** Where a worker thread finds the reader of `externaldata`: compiled, because a worker can't load TypeScript. */
export const externalModule: string = new URL("./outside/external.js", import.meta.url).href.replace("/src/", "/dist/");
