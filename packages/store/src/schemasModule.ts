/** Where a worker thread finds the schemas of the catalogue: compiled, because a worker can't load TypeScript. */
export const schemasModule: string = new URL("./schemas.js", import.meta.url).href.replace("/src/", "/dist/");
