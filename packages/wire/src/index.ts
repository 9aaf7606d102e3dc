export type { Field, Location, WireEvent } from "./event.ts";
export type { FramingKind, FramingNote } from "./framing.ts";
