import { builtinProtocol, createStreamCheck, type Protocol } from "@ssert/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeSample, readSample, sampleStream, validStreams } from "../../src/index.ts";

function pokee(): Protocol {
  const protocol = builtinProtocol("pokee");
  if (protocol === undefined) throw new Error("pokee is built in");
  return protocol;
}

describe("a sample", () => {
  it("is valid: nothing is found in it", () => {
    fc.assert(
      fc.property(validStreams(pokee()), ({ events }) => {
        const check = createStreamCheck({ protocol: pokee() });
        check.push(encodeSample(events));
        expect(check.end()).toMatchObject({ verdict: "valid", findings: [], heldBack: 0 });
      }),
    );
  });

  it("is the same for the same seed, and another for another", () => {
    const sample = (seed: number): string => JSON.stringify(sampleStream(pokee(), { seed }));
    expect(sample(7)).toBe(sample(7));
    expect(sample(7)).not.toBe(sample(8));
  });

  it("is read from its bytes as it was written", () => {
    fc.assert(
      fc.property(validStreams(pokee()), (stream) => {
        expect(readSample(encodeSample(stream.events))).toEqual(stream);
      }),
    );
  });
});
