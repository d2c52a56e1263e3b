/** The options of `set` that change an answer; all others are hints for Kusto's service. */
const options: ReadonlySet<string> = new Set(["query_bin_auto_size", "query_bin_auto_at"]);

export const isOption = (name: string): boolean => options.has(name);

/** An option is kept in an environment under a name that no query can have. */
export const optionName = (option: string): string => `set ${option}`;
