import type { Protocol } from "@ssert/protocol";
import fc from "fast-check";
import type { SampleStream } from "./sample.ts";
import { checkSample, isClean, type SampleOptions, sampleStream } from "./sample-stream.ts";
import { smallerSamples } from "./shrink.ts";

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
    return new fc.Value(sampleStream(this.#protocol, { ...this.#options, seed }), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is SampleStream {
    return typeof value === "object" && value !== null && "events" in value && Array.isArray(value.events);
  }

  override shrink(value: SampleStream): fc.Stream<fc.Value<SampleStream>> {
    const protocol = this.#protocol;
    return fc
      .stream(smallerSamples(value))
      .filter(({ events }) => isClean(checkSample(protocol, events)))
      .map((smaller) => new fc.Value(smaller, undefined));
  }
}
