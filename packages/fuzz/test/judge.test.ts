import { describe, expect, it } from "vitest";
import type { ShownEvent, Shows } from "../src/adapters/adapter.ts";
import type { Observation } from "../src/adapters/observe.ts";
import { toBytes } from "../src/case/case.ts";
import { interpretEventStream } from "../src/oracle/interpret.ts";
import { hasFeatureOf } from "../src/properties/features.ts";
import { canShow, judgeEvents, judgeLastEvent, judgeMoments } from "../src/run/judge.ts";

const shows: Shows = { type: true, data: "text", id: "own", retry: false };
const oracle = (text: string) => interpretEventStream(toBytes(text));
const seen = (
  events: readonly ShownEvent[],
  given: readonly number[] = [],
  retries: readonly number[] = [],
): Observation => ({
  events,
  given,
  retries,
});

describe("events are right when they are what the standard dispatches", () => {
  it.each<readonly [string, string, Partial<Shows>, ShownEvent]>([
    ["an absent type means message", "data: 1\n\n", {}, { data: "1" }],
    ["so does an empty one", "data: 1\n\n", {}, { data: "1", type: "" }],
    ["a type that is not shown is not compared", "event: a\ndata: 1\n\n", { type: false }, { data: "1" }],
    ["the last event ID", "id: a\n\ndata: 1\n\n", { id: "last" }, { data: "1", id: "a" }],
    ["a block's own id", "id: a\n\ndata: 1\n\n", { id: "own" }, { data: "1" }],
    ["none and an empty id that look alike", "id:\ndata: 1\n\n", { id: "own-or-empty" }, { data: "1" }],
    ["a block's own retry", "retry: 5\ndata: 1\n\n", { retry: "own" }, { data: "1", retry: 5 }],
    ["JSON, however it was spelled", 'data: {"a" : 1}\n\n', { data: "json" }, { data: '{"a":1}' }],
  ])("%s", (_, stream, some, event) => {
    expect(judgeEvents(oracle(stream), seen([event]), { ...shows, ...some })).toBeUndefined();
  });

  it.each<readonly [string, string, Partial<Shows>, readonly ShownEvent[], string]>([
    ["one too few", "data: 1\n\n", {}, [], 'event 1 is missing: message "1"'],
    ["one too many", "", {}, [{ data: "" }], 'event 1 should not be there: message ""'],
    ["other data", "data: 1\n\n", {}, [{ data: "1 " }], 'event 1 should be message "1", is message "1 "'],
    [
      "an empty id for none",
      "data: 1\n\n",
      {},
      [{ data: "1", id: "" }],
      'event 1 should be message "1", is message "1" id ""',
    ],
    [
      "characters that cannot be seen",
      "data: \u00c2\u00a0\n\n",
      {},
      [{ data: "" }],
      String.raw`event 1 should be message "\u00a0", is message ""`,
    ],
  ])("%s is wrong", (_, stream, some, events, message) => {
    expect(judgeEvents(oracle(stream), seen(events), { ...shows, ...some })?.message).toBe(message);
  });

  it("compares reconnection times in order where each is shown", () => {
    const each: Shows = { ...shows, retry: "each" };
    expect(judgeEvents(oracle("retry: 1\nretry: 2\n"), seen([], [], [1, 2]), each)).toBeUndefined();
    expect(judgeEvents(oracle("retry: 1\nretry: 2\n"), seen([], [], [2]), each)).toMatchObject({
      expected: ["retry 1", "retry 2"],
      actual: ["retry 2"],
    });
  });

  it("looks at the last event alone where that is what a property is about", () => {
    const stream = oracle("event: a\n\ndata: 1\n\n");
    const withExtra = seen([{ type: "a", data: "" }, { data: "1" }]);
    expect(judgeLastEvent(stream, withExtra, shows)).toBeUndefined();
    expect(judgeEvents(stream, withExtra, shows)).toBeDefined();
    expect(judgeLastEvent(stream, seen([{ type: "a", data: "1" }]), shows)?.message).toContain('is a "1"');
  });
});

describe("the moment of an event", () => {
  const two = oracle("data: 1\n\ndata: 2\n\n");
  const events = [{ data: "1" }, { data: "2" }];

  it("is prompt when it comes with the chunk that ends its block", () => {
    expect(judgeMoments(two, seen(events, [1, 2]), shows, [9, 18], "prompt")).toBeUndefined();
    expect(judgeMoments(two, seen(events, [2, 2]), shows, [9, 18], "prompt")?.message).toBe(
      "after chunk 1, 1 due and 0 shown: an event came later",
    );
  });

  it("is early when it comes before", () => {
    expect(judgeMoments(two, seen(events, [2, 3]), shows, [8, 9, 18], "not-early")).toBeUndefined();
    expect(judgeMoments(two, seen(events, [1, 3]), shows, [8, 9, 18], "not-early")?.message).toContain("came earlier");
  });
});

describe("what cannot be judged", () => {
  it("is a stream with data that is no JSON, for an API of JSON", () => {
    expect(canShow(oracle("data: 1\n\ndata: x\n\n"), { ...shows, data: "json" })).toBe(false);
    expect(canShow(oracle("data: 1\n\n"), { ...shows, data: "json" })).toBe(true);
  });

  it.each([
    ["line-ends/cr", "data: 1\r\n\r\n", "data: 1\n\n"],
    ["bom/later", "\u00ef\u00bb\u00bfdata: 1\n\n", "data: 1\n\n"],
    ["field/one-space", "data:  1\n\n", "data: 1\n\n"],
    ["field/trailing-space", "data: 1 \n\n", "data: 1\n\n"],
    ["field/case", "Data: 1\n\n", "data: 1\nevent: a\n: x\n\n"],
    ["field/unknown", "a\n\n", "data\nid\n\n"],
    ["data/multi-line", "data: 1\nid: a\ndata: 1\n\n", "data: 1\n\ndata: 1\n\n"],
    ["data/no-data-id", "id: a\n\ndata: 1\n\n", "id: a\ndata: 1\n\n"],
    ["comment/block", ": 1\n\n", "data: :\n\n"],
    ["event/leak", "event: a\n\n", "data: event\n\n"],
    ["utf8/whole", "data: \u00c3\u00a9\n\n", "data: 1\n\n"],
  ])("a mixed case of a parser that fails %s is left out only with what that is about", (name, known, other) => {
    const leftOut = hasFeatureOf([name]);
    expect([leftOut({ text: known, cuts: [] }), leftOut({ text: other, cuts: [] })]).toEqual([true, false]);
  });
});
