/** Where a worker thread finds the reader of the addresses' places: compiled, because a worker can't load TypeScript. */
export const addressModule: string = new URL("./outside/addresses.js", import.meta.url).href.replace("/src/", "/dist/");
