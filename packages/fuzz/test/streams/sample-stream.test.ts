import { createStreamCheck, type Protocol, type StreamResult } from "@ssert/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  encodeSample,
  FuzzError,
  framedChunks,
  readSample,
  type SampleStream,
  sampleStream,
  validStreams,
} from "../../src/index.ts";
import { namedIn, occurrencesIn } from "./occurrences.ts";
import { builtin, protocols } from "./protocols.ts";

function check(protocol: Protocol, chunks: Iterable<Uint8Array>): StreamResult {
  const stream = createStreamCheck({ protocol });
  for (const chunk of chunks) stream.push(chunk);
  return stream.end();
}

function* samples(protocol: Protocol, first: number, count: number): Generator<SampleStream> {
  for (let seed = first; seed < first + count; seed += 1) yield sampleStream(protocol, { seed });
}

const RUNS = 40;

/** In so many streams everything that the file names has had its turn. */
const ENOUGH = 1200;
const BATCH = 100;

describe.each(protocols.map((protocol) => [protocol.name, protocol] as const))("samples of %s", (_, protocol) => {
  it("are valid: nothing is found in them, nothing is held back", () => {
    fc.assert(
      fc.property(validStreams(protocol), ({ events }) => {
        expect(check(protocol, [encodeSample(events)])).toMatchObject({
          verdict: "valid",
          events: events.length,
          findings: [],
          heldBack: 0,
        });
      }),
      { numRuns: RUNS },
    );
  });

  it("are valid however they are written and cut", () => {
    const cut = validStreams(protocol, { size: 5 }).chain((stream) =>
      fc.tuple(fc.constant(stream), framedChunks(stream)),
    );
    fc.assert(
      fc.property(cut, ([{ events }, chunks]) => {
        expect(check(protocol, chunks)).toMatchObject({ verdict: "valid", events: events.length, findings: [] });
      }),
      { numRuns: RUNS },
    );
  });

  it("are the same for the same seed", () => {
    for (let seed = 0; seed < 20; seed += 1) {
      expect(sampleStream(protocol, { seed })).toEqual(sampleStream(protocol, { seed }));
    }
  });

  it("end near the size that is asked for", () => {
    const lengths = (size: number): readonly number[] =>
      Array.from({ length: 20 }, (_, seed) => sampleStream(protocol, { seed, size }).events.length);
    expect(Math.min(...lengths(1))).toBeLessThan(6);
    expect(Math.max(...lengths(60))).toBeGreaterThan(40);
  });

  it("have every event, every subtype and every property that the file names", () => {
    let missing = namedIn(protocol);
    for (let seed = 0; seed < ENOUGH && missing.length > 0; seed += BATCH) {
      const seen = occurrencesIn(protocol, samples(protocol, seed, BATCH));
      missing = missing.filter((named) => !seen.has(named));
    }
    expect(missing).toEqual([]);
  });
});

const pokee = builtin("pokee");

describe("an aim", () => {
  it("brings an event, with a property of it", () => {
    const places = ["/usage/cache_read_input_tokens", "/delta/stop_sequence"];
    for (const property of places) {
      const aim = { event: "message_delta[max_tokens]", property };
      const { events } = sampleStream(builtin("anthropic-messages"), { seed: 1, size: 3, aim });
      const seen = occurrencesIn(builtin("anthropic-messages"), [{ events }]);
      expect(seen).toContain("message_delta[max_tokens]");
      expect(seen).toContain(`message_delta ${property}`);
    }
  });

  it("brings a part of an event", () => {
    const chat = builtin("openai-chat");
    const { events } = sampleStream(chat, {
      seed: 4,
      size: 1,
      aim: { event: "call", property: "/function/arguments" },
    });
    expect(occurrencesIn(chat, [{ events }])).toContain("call /function/arguments");
  });

  it("brings one event straight behind another", () => {
    const aim = { event: "tool_result", after: "text.delta" };
    const names = sampleStream(pokee, { seed: 2, size: 2, aim }).events.map(({ event }) => event);
    expect(names.some((name, index) => name === "tool_result" && names[index - 1] === "text.delta")).toBe(true);
  });

  it("is refused where there is no such event, or no way to it", () => {
    const aim = (event: string, after?: string): (() => SampleStream) => {
      return () => sampleStream(pokee, { seed: 1, aim: { event, after } });
    };
    expect(aim("text.begin")).toThrow(/pokee@1 has no event "text.begin"; it has: message.created, /);
    expect(aim("text.stop", "message.completed")).toThrow(FuzzError);
  });
});

describe("the bytes of a sample", () => {
  it("are read back as the events that they were made of", () => {
    fc.assert(
      fc.property(validStreams(pokee), (stream) => {
        expect(readSample(encodeSample(stream.events))).toEqual(stream);
      }),
    );
  });

  it("have the line ends, the byte order mark and the comments that are asked for", () => {
    const text = (framing: Parameters<typeof encodeSample>[1]): string =>
      new TextDecoder("utf-8", { ignoreBOM: true }).decode(encodeSample([{ event: "a", data: "1\n2" }], framing));
    expect(text({})).toBe("event: a\ndata: 1\ndata: 2\n\n");
    expect(text({ lineEnd: "\r\n", bom: true })).toBe("\uFEFFevent: a\r\ndata: 1\r\ndata: 2\r\n\r\n");
    const comments = new Map([
      [0, "before"],
      [1, "after"],
    ]);
    expect(text({ comments })).toBe(": before\n\nevent: a\ndata: 1\ndata: 2\n\n: after\n\n");
  });
});
