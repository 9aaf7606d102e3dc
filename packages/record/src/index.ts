export type { Clock } from "./clock.ts";
export { RecordError, type RecordErrorCode } from "./error.ts";
export { type ProxyOptions, type RunningProxy, startProxy } from "./proxy.ts";
export { type RecordOptions, record } from "./record.ts";
export type { Recording } from "./take.ts";
