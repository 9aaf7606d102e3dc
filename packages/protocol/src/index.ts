export { type BuiltinProtocol, builtinProtocol, builtinProtocols } from "./builtin/builtin.ts";
export type { Protocol } from "./compile/compile.ts";
export { ProtocolError, type ProtocolErrorCode } from "./definition/error.ts";
export { defineProtocol, parseProtocol } from "./definition/load.ts";
export type { ProtocolFile } from "./definition/protocol-file.ts";
export type { DefinitionOptions } from "./definition/read.ts";
export type { RuleInfo } from "./rules.ts";
