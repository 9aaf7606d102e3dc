export type { Clock } from "./clock.ts";
export { RecordError, type RecordErrorCode } from "./error.ts";
export { type ProxyOptions, type RunningProxy, startProxy } from "./proxy.ts";
export { type ReceiveOptions, type RecordOptions, receive, record } from "./record.ts";
export type { Reception, Recording } from "./take.ts";
