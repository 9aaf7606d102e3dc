export { builtinProtocol } from "./builtin/builtin.ts";
export type { BuiltinEvents } from "./builtin/events.ts";
export type { AnthropicMessagesEvent } from "./builtin/generated/types/anthropic-messages.ts";
export type { OpenaiChatEvent } from "./builtin/generated/types/openai-chat.ts";
export type { OpenaiResponsesEvent } from "./builtin/generated/types/openai-responses.ts";
export type { PokeeEvent } from "./builtin/generated/types/pokee.ts";
export { type BuiltinProtocol, builtinProtocols } from "./builtin/list.ts";
export { loadBuiltinProtocol } from "./builtin/load.ts";
export type { Protocol, ProtocolEvent } from "./compile/compile.ts";
export { withSeverities } from "./compile/severities.ts";
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
export type { DefinitionCheck, DefinitionFinding } from "./definition/check.ts";
export { ProtocolError, type ProtocolErrorCode } from "./definition/error.ts";
export { checkDefinition, defineProtocol, parseProtocol } from "./definition/load.ts";
export type { ProtocolFile, RuleSeverity } from "./definition/protocol-file.ts";
export type { DefinitionOptions } from "./definition/read.ts";
export { mermaidOf } from "./documents/diagram/mermaid.ts";
export { markdownOf } from "./documents/markdown/markdown.ts";
export type { Layout, LayoutGraph, Placement } from "./documents/picture/layout.ts";
export { svgOf } from "./documents/picture/svg.ts";
export { type CompileSchema, typesOf } from "./documents/types/types.ts";
export type { ResponseFacts } from "./exchange/response.ts";
export { createLanes } from "./lanes/create-lanes.ts";
export type { LanePlace, Lanes } from "./lanes/lanes.ts";
export type { BrowserEvent, IncomingEvent, ParsedEvent } from "./monitor/incoming.ts";
export type { MemoryOptions } from "./monitor/limits.ts";
export { createMonitor, type MonitorOptions } from "./monitor/live.ts";
export type { Monitor } from "./monitor/monitor.ts";
export { nearestWord } from "./nearest-word.ts";
export { createEventReader, type EventReading } from "./reading/read-event.ts";
export type { RuleInfo } from "./rules.ts";
export { createStreamCheck, type StreamCheck, type StreamCheckOptions, type StreamResult } from "./stream-check.ts";
