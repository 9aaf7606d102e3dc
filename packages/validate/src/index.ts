export { ValidateError, type ValidateErrorCode } from "./error.ts";
export { findInputs } from "./find-inputs.ts";
export { frameSource, type StreamFrames } from "./frame-source.ts";
export type { Input } from "./input.ts";
export { readTimeline, type TimelineOptions } from "./timeline/read-timeline.ts";
export { readTimelines, type TimelinesOptions } from "./timeline/read-timelines.ts";
export { type StreamOptions, validateStream } from "./validate-stream.ts";
export { type ValidateOptions, validateStreams } from "./validate-streams.ts";
