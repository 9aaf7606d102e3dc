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
export { wireAdapter } from "./adapters/wire.ts";
export { type Case, fromChunks, toChunks } from "./case/case.ts";
export { FuzzError, type FuzzErrorCode } from "./errors.ts";
export { type Interpretation, interpretEventStream, type OracleEvent } from "./oracle/interpret.ts";
export type { KnownParser } from "./parsers/known-parser.ts";
export { loadKnownParser } from "./parsers/load.ts";
export { knownParsers } from "./parsers/table.ts";
export type { Clause, Property } from "./properties/property.ts";
export { properties } from "./properties/table.ts";
export { assertParser } from "./run/assert.ts";
export {
  type CheckOptions,
  type CheckResult,
  checkParser,
  type PropertyResult,
  type SavedCase,
  type Verdict,
} from "./run/check.ts";
export type { Counterexample } from "./run/check-stream.ts";
export type { Confirmation } from "./run/confirm.ts";
export { describeFinding, describeFindings } from "./run/describe.ts";
export type { Mismatch } from "./run/judge.ts";
export { parseTarget, type Target } from "./targets/target.ts";
export { renderFuzzJson, renderFuzzText, renderMatrixText } from "./verb/render.ts";
export { type MatrixFacts, renderMatrixHtml, renderMatrixMarkdown } from "./verb/render-matrix.ts";
export { type FuzzOptions, type FuzzResult, runFuzz } from "./verb/run-fuzz.ts";
export { readSaved, saveFindings } from "./verb/save.ts";
