export { type Role, roles } from "./security/roles.ts";
export { type SelfSigned, selfSigned } from "./security/selfSigned.ts";
export { addToken, readTokens, removeToken, type Token } from "./security/tokens.ts";
export { type ServeOptions, type Server, serve } from "./serve.ts";
export type { Limits, ServiceOptions } from "./service.ts";
