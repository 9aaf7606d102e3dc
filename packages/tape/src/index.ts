export { checkNewTape } from "./availability.ts";
export { decodeBody, encodeBody } from "./body.ts";
export type { BodyChunk } from "./chunks.ts";
export { TapeError, type TapeErrorCode } from "./error.ts";
export { isEventStream } from "./event-stream.ts";
export type {
  Boundaries,
  Provenance,
  TapeChunk,
  TapeEnd,
  TapeHeader,
  TapeRequest,
  TapeResponse,
  TapeTrailer,
} from "./format.ts";
export { keptHeaders, keptUrl } from "./kept.ts";
export { makeFolder } from "./make-folder.ts";
export { openTape, type Tape } from "./reader.ts";
export { QUIET_MS, type Repair, type RepairAction, repairTape } from "./repair.ts";
export { openSmallTape, type SmallTape } from "./small-tape.ts";
export { type TapeProblem, type TapeProblemCode, verifyTape } from "./verify.ts";
export { type CreateTapeOptions, createTape, type TapeWriter } from "./writer.ts";
