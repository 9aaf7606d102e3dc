import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SampleEvent, type SampleStream, validStreams } from "../../src/index.ts";
import { retrace } from "../../src/streams/retrace.ts";
import { checkSample, isClean } from "../../src/streams/sample-stream.ts";
import { builtin, protocols } from "./protocols.ts";

const pokee = builtin("pokee");

function shrunk(name: string, fails: (events: readonly SampleEvent[]) => boolean): readonly SampleEvent[] {
  const property = fc.property(validStreams(builtin(name), { size: 12 }), ({ events }: SampleStream) => !fails(events));
  const { counterexample } = fc.check(property, { seed: 5, numRuns: 300 });
  if (counterexample === null || counterexample === undefined) throw new Error("nothing failed");
  return counterexample[0].events;
}

const has =
  (...types: readonly string[]) =>
  (events: readonly SampleEvent[]): boolean =>
    types.every((type) => events.some(({ event }) => event === type));

describe("going over a stream again", () => {
  it.each(protocols.map((protocol) => [protocol.name, protocol] as const))(
    "leaves one of %s as it is",
    (_, protocol) => {
      fc.assert(
        fc.property(validStreams(protocol, { size: 8 }), ({ events }) => {
          expect(retrace(protocol, events)?.events).toEqual(events);
        }),
        { numRuns: 30 },
      );
    },
  );

  it("refuses what is out of order", () => {
    const events = [
      { event: "text.delta", data: '{"content":""}' },
      { event: "message.created", data: '{"id":"","session_id":"","status":"in_progress"}' },
    ];
    expect(retrace(pokee, events)).toBeUndefined();
    expect(retrace(pokee, [{ event: "unheard.of", data: "{}" }])).toBeUndefined();
    expect(retrace(pokee, [{ event: undefined, data: "{}" }])).toBeUndefined();
  });

  it("lets a joined value follow its parts", () => {
    const tool = [
      { event: "message.created", data: '{"id":"m","session_id":"s","status":"in_progress"}' },
      { event: "tool_use.start", data: '{"id":"t","name":"n"}' },
      { event: "tool_use.input_delta", data: '{"content":"[1]"}' },
      { event: "tool_use.executing", data: '{"id":"t","name":"n","input":[2]}' },
    ];
    expect(retrace(pokee, tool)?.events.at(-1)?.data).toBe('{"id":"t","name":"n","input":[1]}');
  });
});

describe("shrinking", () => {
  it("takes whole instances out, and leaves the plainest stream that still fails", () => {
    const smallest = shrunk("pokee", has("tool_result"));
    expect(smallest.map(({ event }) => event)).toEqual([
      "message.created",
      "tool_use.start",
      "tool_use.executing",
      "tool_use.stop",
      "tool_result",
      "message.completed",
    ]);
    expect(smallest[0]?.data).toBe('{"id":"","session_id":"","status":"in_progress"}');
  });

  it("counts anew what is numbered", () => {
    const smallest = shrunk("openai-responses", has("response.output_item.done", "response.web_search_call.searching"));
    const data = smallest.map((event): Readonly<Record<string, unknown>> => JSON.parse(event.data));
    expect(smallest).toHaveLength(5);
    expect(data.slice(1, 4).map(({ output_index: index }) => index)).toEqual([0, 0, 0]);
  });

  it.each(protocols.map((protocol) => [protocol.name, protocol] as const))(
    "stays among the valid streams of %s",
    (_, protocol) => {
      const seen: SampleStream[] = [];
      const property = fc.property(validStreams(protocol, { size: 8 }), (stream) => {
        seen.push(stream);
        return stream.events.length < 3;
      });
      fc.check(property, { seed: 2, numRuns: 20, markInterruptAsFailure: false, interruptAfterTimeLimit: 5_000 });
      expect(seen.filter(({ events }) => !isClean(checkSample(protocol, events)))).toEqual([]);
    },
  );
});
