import { type CommandFamily, each, storeFolder, withOutside } from "./options.ts";

/** What answers over HTTP. */
export const serveCommands: CommandFamily = (program, terminal, done) => {
  const serve = program
    .command("serve")
    .description("answer Kusto, Log Analytics and Graph hunting clients over HTTP")
    .option("--store <dir>", "the store's folder", storeFolder)
    .option("--host <address>", "address to listen on; any but loopback asks for tokens and TLS", "127.0.0.1")
    .option("--port <n>", "port to listen on; 0 takes a free one", "8080")
    .option("--tls", "speak https, with a certificate made for it in the store's folder")
    .option("--cert <file>", "speak https, with this certificate (PEM)")
    .option("--key <file>", "the certificate's key (PEM)")
    .option("--require-token", "ask for a token on loopback, too")
    .option("--allow-host <name>", "further name that clients may call this server by; may be given again", each, [])
    .option("--allow-origin <origin>", "origin of web pages that may call; may be given again", each, [])
    .option("--rules <path>", "file or folder of rules that clients may hunt with; may be given again", each, [])
    .option("--exclusions <path>", "file or folder of exclusions to apply in hunts; may be given again", each, [])
    .option("--entra", "name Entra's sign-in in the metadata, for clients that insist on one")
    .option("--workers <n>", "queries that run at once")
    .option("--timeout <seconds>", "time of a query that asks for none", "240")
    .option("--memory <megabytes>", "memory of all queries together")
    .option("--database <name>", "what the database is called", "Hunt")
    .option("--log <file>", "write a line of JSON for each request to this file; '-' is standard error")
    .option("--now <time>", "what now() says: a datetime, or 'latest' for the newest event of the store");
  withOutside(serve, { fetchHosts: "--fetch-host" }).action(async (options) =>
    done(await (await import("../commands/serve.ts")).serveCommand(options, terminal)),
  );
  tokenCommands(program, terminal, done);
};

const tokenCommands: CommandFamily = (program, terminal, done) => {
  const token = program.command("token").description("make and end tokens for 'goshawk serve'");
  token
    .command("add")
    .description("make a token and print it; it can't be shown again")
    .argument("<name>", "who or what it is for")
    .option("--role <role>", "read, hunt, ingest or admin", "read")
    .option("--store <dir>", "the store's folder", storeFolder)
    .action(async (name: string, options) =>
      done(await (await import("../commands/token.ts")).tokenAddCommand(name, options, terminal)),
    );
  token
    .command("list")
    .description("list names and roles")
    .option("--store <dir>", "the store's folder", storeFolder)
    .action(async (options) => done(await (await import("../commands/token.ts")).tokenListCommand(options, terminal)));
  token
    .command("remove")
    .description("end a token")
    .argument("<name>", "its name")
    .option("--store <dir>", "the store's folder", storeFolder)
    .action(async (name: string, options) =>
      done(await (await import("../commands/token.ts")).tokenRemoveCommand(name, options, terminal)),
    );
};
