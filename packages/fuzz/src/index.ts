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
export { assertConsumer, checkConsumer } from "./consumers/check-consumer.ts";
export type {
  Claim,
  Consumer,
  ConsumerFinding,
  ConsumerOptions,
  ConsumerResult,
  Notice,
  Outcome,
} from "./consumers/consumer.ts";
export { describeConsumer } from "./consumers/describe.ts";
export { savedTapesIn } from "./counterexample/folder.ts";
export { type SaveOptions, saveFindings } from "./counterexample/save.ts";
export { type FindingFacts, openSavedTape, type SavedTape } from "./counterexample/saved-case.ts";
export { FuzzError, type FuzzErrorCode } from "./error.ts";
export { type Filling, type FillOptions, type FillStream, fillCoverage } from "./fill/fill.ts";
export { type SaveFillingOptions, saveFilling } from "./fill/save.ts";
export { breakStream, type Mutant } from "./mutants/break-stream.ts";
export { brokenStreams, mutantsFrom, type NumberedMutant } from "./mutants/broken-streams.ts";
export { checkMutant } from "./mutants/check-mutant.ts";
export {
  type Matrix,
  type MatrixOptions,
  type MatrixProgress,
  type MatrixRow,
  type Miss,
  runMatrix,
} from "./mutants/matrix.ts";
export { sentMutant } from "./mutants/sent-mutant.ts";
export { type Interpretation, interpretEventStream, type OracleEvent } from "./oracle/interpret.ts";
export { installedParsers } from "./parsers/installed.ts";
export type { KnownParser } from "./parsers/known-parser.ts";
export { loadKnownParser } from "./parsers/load.ts";
export { knownParsers } from "./parsers/table.ts";
export { arbitraries } from "./properties/arbitraries.ts";
export type { Clause, Property } from "./properties/property.ts";
export { properties } from "./properties/table.ts";
export { renderFuzzJson } from "./render/json.ts";
export { renderParserTable } from "./render/parser-table.ts";
export {
  type ParserTableFacts,
  renderParserTableHtml,
  renderParserTableMarkdown,
} from "./render/parser-table-pages.ts";
export { renderFuzzText, renderSummaries } from "./render/text.ts";
export { assertParser } from "./run/assert.ts";
export { type CheckOptions, checkParser } from "./run/check.ts";
export type { CheckResult, PropertyResult, SavedCase, Verdict } from "./run/check-result.ts";
export type { Counterexample } from "./run/check-stream.ts";
export type { Confirmation } from "./run/confirm.ts";
export { describeFinding, describeFindings } from "./run/describe.ts";
export type { Mismatch } from "./run/judge.ts";
export { type Chunks, checkChunks, readChunks } from "./run/read.ts";
export { type Arrivals, type SentStream, sentInChunks } from "./sent/sent-stream.ts";
export { type WriteTapeOptions, writeSyntheticTape } from "./sent/write-tape.ts";
export { framedChunks, framings } from "./streams/framings.ts";
export { encodeSample, type Framing, readSample, type SampleEvent, type SampleStream } from "./streams/sample.ts";
export { type Aim, type SampleOptions, sampleStream } from "./streams/sample-stream.ts";
export { validStreams } from "./streams/valid-streams.ts";
export { loadParser } from "./targets/load-parser.ts";
export type { LoadedTarget } from "./targets/load-target.ts";
export { parseTarget } from "./targets/parse-target.ts";
export type { Target } from "./targets/target.ts";
export { type AgainOptions, playAgain } from "./verb/again.ts";
export { type FuzzOptions, type FuzzResult, runFuzz } from "./verb/run-fuzz.ts";
