import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeSample } from "../../src/index.ts";
import { essence, judge, shipped } from "./protocols.ts";
import { anyEvents, chunked, dress, dressed, shares } from "./streams.ts";

describe.each(shipped)("%s", (_, protocol) => {
  it("how a stream was cut into chunks changes nothing", () => {
    fc.assert(
      fc.property(anyEvents(protocol), dress, shares, (events, how, cuts) => {
        const bytes = dressed(events, how);
        expect(judge(protocol, ...chunked(bytes, cuts))).toEqual(judge(protocol, bytes));
      }),
      { numRuns: 25 },
    );
  }, 30_000);

  it("a byte at a time is a chunking too", () => {
    fc.assert(
      fc.property(anyEvents(protocol), dress, (events, how) => {
        const bytes = dressed(events, how);
        const one = Array.from(bytes, (byte) => Uint8Array.of(byte));
        expect(judge(protocol, ...one)).toEqual(judge(protocol, bytes));
      }),
      { numRuns: 5 },
    );
  }, 30_000);

  it("line ends, a byte order mark and comments change neither verdict nor numbers nor findings", () => {
    fc.assert(
      fc.property(anyEvents(protocol), dress, shares, (events, how, cuts) => {
        const plain = judge(protocol, encodeSample(events));
        expect(essence(judge(protocol, ...chunked(dressed(events, how), cuts)))).toEqual(essence(plain));
      }),
      { numRuns: 25 },
    );
  }, 30_000);
});
