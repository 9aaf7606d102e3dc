export type {
  BatchAdapter,
  Deviation,
  ParserAdapter,
  PushAdapter,
  PushParser,
  ShownEvent,
  Shows,
  Sink,
  StreamAdapter,
} from "./adapters/adapter.ts";
export { type Case, fromChunks, toChunks } from "./case/case.ts";
export { FuzzError, type FuzzErrorCode } from "./errors.ts";
export { type Interpretation, interpretEventStream, type OracleEvent } from "./oracle/interpret.ts";
export type { Clause, Property } from "./properties/property.ts";
export { properties } from "./properties/table.ts";
export { assertParser } from "./run/assert.ts";
export { type CheckOptions, type CheckResult, checkParser, type PropertyResult, type Verdict } from "./run/check.ts";
export type { Counterexample } from "./run/check-stream.ts";
export { describeFinding, describeFindings } from "./run/describe.ts";
export type { Mismatch } from "./run/judge.ts";
