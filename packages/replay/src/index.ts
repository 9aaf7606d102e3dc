export { ReplayError, type ReplayErrorCode } from "./error.ts";
export type { Exchange } from "./exchange.ts";
export type { ListenOptions, RunningServer } from "./listen.ts";
export { type IdKind, type MockOptions, startMock } from "./mock/server.ts";
export type { Speed } from "./pace.ts";
export { type ReplayOptions, type ReplayServer, startReplay } from "./replay/server.ts";
export type { BodyEnd } from "./steps.ts";
export type { Timer } from "./timer.ts";
