import type { Protocol } from "@ssert/protocol";
import fc from "fast-check";
import type { SampleStream } from "./sample.ts";
import { checkSample, isClean, type SampleOptions, sampleStream } from "./sample-stream.ts";
import { BEGINNING, type Progress, smallerSamples } from "./shrink.ts";

/**
 * A fast-check arbitrary of the valid streams of a protocol. It shrinks to fewer events and smaller payloads; what it shrinks
 * to is valid as well.
 */
export function validStreams(
  protocol: Protocol,
  options: Omit<SampleOptions, "seed"> = {},
): fc.Arbitrary<SampleStream> {
  return new ValidStreams(protocol, options);
}

class ValidStreams extends fc.Arbitrary<SampleStream> {
  readonly #protocol: Protocol;
  readonly #options: Omit<SampleOptions, "seed">;

  constructor(protocol: Protocol, options: Omit<SampleOptions, "seed">) {
    super();
    this.#protocol = protocol;
    this.#options = options;
  }

  override generate(random: fc.Random): fc.Value<SampleStream> {
    const seed = random.nextInt(0, 0x7fff_ffff);
    return new fc.Value(sampleStream(this.#protocol, { ...this.#options, seed }), BEGINNING);
  }

  override canShrinkWithoutContext(value: unknown): value is SampleStream {
    return typeof value === "object" && value !== null && "events" in value && Array.isArray(value.events);
  }

  override shrink(value: SampleStream, context?: unknown): fc.Stream<fc.Value<SampleStream>> {
    const protocol = this.#protocol;
    const smaller = smallerSamples(protocol, value, isProgress(context) ? context : BEGINNING);
    return fc
      .stream(smaller)
      .filter(({ stream }) => isClean(checkSample(protocol, stream.events)))
      .map(({ stream, progress }) => new fc.Value(stream, progress));
  }
}

function isProgress(context: unknown): context is Progress {
  return typeof context === "object" && context !== null && "stage" in context && "at" in context;
}
