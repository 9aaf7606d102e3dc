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
