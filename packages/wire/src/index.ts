export type { Decoder, DecoderHandlers, DecoderOptions } from "./decoder.ts";
export { createDecoder } from "./decoder.ts";
export type { EventToEncode } from "./encode.ts";
export { encodeEvent } from "./encode.ts";
export type { WireErrorCode } from "./error.ts";
export { WireError } from "./error.ts";
export type { Field, Location, WireEvent } from "./event.ts";
export type { FramingKind, FramingNote } from "./framing.ts";
