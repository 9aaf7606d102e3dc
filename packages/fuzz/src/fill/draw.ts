import { FuzzError } from "../error.ts";
import type { SampleStream } from "../streams/sample.ts";
import { type SampleOptions, sampleStream } from "../streams/sample-stream.ts";
import type { Probe } from "./probe.ts";

/** Undefined where none can be drawn: an aim that no stream has, or that this seed did not find. */
export function sampleOf({ protocol }: Probe, options: SampleOptions): SampleStream | undefined {
  try {
    return sampleStream(protocol, options);
  } catch (error) {
    if (error instanceof FuzzError && error.code === "cannot-draw") return undefined;
    throw error;
  }
}
