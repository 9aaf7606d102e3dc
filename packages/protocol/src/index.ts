export { builtinProtocol } from "./builtin/builtin.ts";
export { type BuiltinProtocol, builtinProtocols } from "./builtin/list.ts";
export { loadBuiltinProtocol } from "./builtin/load.ts";
export { createStreamCheck, type StreamCheck, type StreamCheckOptions, type StreamResult } from "./check.ts";
export type { Protocol } from "./compile/compile.ts";
export { type Coverage, createCoverage } from "./coverage/coverage.ts";
export {
  addCoverage,
  type CoverageGroup,
  type CoverageGroupName,
  type CoverageItem,
  type CoverageReport,
  percentOf,
} from "./coverage/coverage-report.ts";
export type { ExchangeKnown, StreamCoverage } from "./coverage/watched-stream.ts";
export { ProtocolError, type ProtocolErrorCode } from "./definition/error.ts";
export { defineProtocol, parseProtocol } from "./definition/load.ts";
export type { ProtocolFile } from "./definition/protocol-file.ts";
export type { DefinitionOptions } from "./definition/read.ts";
export type { ResponseFacts } from "./exchange/response.ts";
export { createLanes, type LanePlace, type Lanes } from "./lanes/lanes.ts";
export { createMonitor, type MemoryOptions, type Monitor, type MonitorOptions } from "./monitor/monitor.ts";
export { createEventReader, type EventReading } from "./reading/read-event.ts";
export type { RuleInfo } from "./rules.ts";
