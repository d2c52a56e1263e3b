/** Where a worker thread finds what plans reads by the segments' indexes: compiled, because a worker can't load TypeScript. */
export const plannerModule: string = new URL("./planner.js", import.meta.url).href.replace("/src/", "/dist/");
