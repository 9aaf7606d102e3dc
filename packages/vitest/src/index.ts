import "./register.ts";

export type { Conformity } from "./conform.ts";
export type { ExpectedEvent } from "./decode.ts";
export { MatcherError, type MatcherErrorCode } from "./error.ts";
export type { EventStream } from "./event-stream.ts";
