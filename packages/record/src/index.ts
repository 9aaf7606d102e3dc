export { type ReceiveOptions, type RecordOptions, receive, record } from "./client/record.ts";
export type { Clock } from "./clock.ts";
export { RecordError, type RecordErrorCode } from "./error.ts";
export { type ProxyOptions, type RunningProxy, startProxy } from "./proxy/proxy.ts";
export type { Reception, Recording } from "./take.ts";
