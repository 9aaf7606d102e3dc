import { describe, expect, test } from "vitest";
import { createStreamCheck, type StreamResult } from "../../src/index.ts";
import { answer, completed, created, text } from "../monitor/pokee-stream.ts";
import { encode, pokee, type Sent, withRules } from "../monitor/streams.ts";

const timed = withRules(pokee, {
  "timing/late-close": "warning",
  "timing/buffered": "warning",
  "timing/gap": "warning",
});
const SECOND = 1_000_000;
const COMMENT = new TextEncoder().encode(": still here\n\n");

interface Arrival {
  readonly at: number;
  readonly events: readonly Sent[] | "comment";
}

/** A check of chunks that arrive at seconds since the headers. */
function arriving(chunks: readonly Arrival[], closedAt?: number, protocol = timed): StreamResult {
  const stream = createStreamCheck({ protocol });
  for (const { at, events } of chunks) stream.push(events === "comment" ? COMMENT : encode(events), at * SECOND);
  return stream.end(closedAt === undefined ? undefined : closedAt * SECOND);
}

const rules = ({ findings }: StreamResult): readonly string[] => findings.map(({ rule }) => rule);

const deltas = (count: number): readonly Sent[] => Array.from({ length: count }, () => text.delta());
const long = [created, text.start, ...deltas(96), text.stop, completed];

describe("timing/late-close", () => {
  test("the connection closes within 5 s of the terminal event", () => {
    expect(rules(arriving([{ at: 0.1, events: answer }], 5))).toEqual([]);
    const { findings } = arriving([{ at: 0.1, events: answer }], 5.2);
    expect(findings).toMatchObject([{ rule: "timing/late-close", severity: "warning" }]);
    expect(findings[0]?.message).toContain("closed 5.1 s after the last event");
  });

  test("comments after the end do not put it off", () => {
    expect(
      rules(
        arriving(
          [
            { at: 0.1, events: answer },
            { at: 4, events: "comment" },
          ],
          6,
        ),
      ),
    ).toEqual(["timing/late-close"]);
  });

  test("nothing is said where the closing is not known, or the stream has no end", () => {
    expect(rules(arriving([{ at: 0.1, events: answer }]))).toEqual([]);
    expect(rules(arriving([{ at: 0.1, events: [created] }], 20))).toEqual(["stream/truncated"]);
  });
});

describe("timing/gap", () => {
  const silent = (gap: number, between: readonly Arrival[] = []): readonly string[] =>
    rules(arriving([{ at: 0, events: [created] }, ...between, { at: gap, events: [completed] }], gap));

  test("55 s without a byte", () => {
    expect(silent(55)).toEqual([]);
    expect(silent(55.1)).toEqual(["timing/gap"]);
  });

  test("a comment is something", () => {
    expect(silent(80, [{ at: 40, events: "comment" }])).toEqual([]);
  });

  test("before the first byte and before a cut too, but not after the end", () => {
    expect(rules(arriving([{ at: 60, events: [created, completed] }], 60))).toEqual(["timing/gap"]);
    expect(rules(arriving([{ at: 0, events: [created] }], 60))).toEqual(["stream/truncated", "timing/gap"]);
    expect(rules(arriving([{ at: 0, events: [created, completed] }], 60))).toEqual(["timing/late-close"]);
  });

  test("says where, and each gap by itself", () => {
    const { findings } = arriving([
      { at: 60, events: [created] },
      { at: 120, events: [completed] },
    ]);
    expect(findings).toMatchObject([
      { rule: "timing/gap", location: { offset: 0, line: 1 } },
      { rule: "timing/gap", location: { offset: encode([created]).length } },
    ]);
  });
});

describe("timing/buffered", () => {
  /** Events one by one, `step` seconds apart. */
  const paced = (events: readonly Sent[], from: number, step: number): readonly Arrival[] =>
    events.map((event, index) => ({ at: from + index * step, events: [event] }));

  test("ten seconds of nothing, then everything at once", () => {
    const { findings } = arriving([{ at: 10, events: long }], 10);
    expect(findings).toMatchObject([{ rule: "timing/buffered", severity: "warning" }]);
    expect(findings[0]?.message).toContain("All 100 events came in bursts, up to 100 at once, the first after 10.0 s");
  });

  test("a buffer that is flushed when it is full", () => {
    const bursts = [0, 1, 2].map(
      (index): Arrival => ({ at: 3 + index * 3, events: long.slice(index * 40, index * 40 + 40) }),
    );
    expect(rules(arriving(bursts, 9))).toEqual(["timing/buffered"]);
  });

  test.each([
    ["a short stream", [{ at: 2, events: long }]],
    ["few events", [{ at: 10, events: [created, text.start, text.delta(), text.stop, completed] }]],
    ["an even flow", paced(long, 1, 0.1)],
    ["a fast flow after a long silence", paced(long, 10, 0.001)],
    [
      "a begin in time, then a long thought and a burst",
      [
        { at: 0.1, events: [created] },
        { at: 10, events: long.slice(1) },
      ],
    ],
    [
      "bursts of a few events, as tools make them",
      paced(long, 1, 0).map((chunk, index) => ({ ...chunk, at: 1 + 2 * Math.floor(index / 8) })),
    ],
  ] satisfies readonly (readonly [string, readonly Arrival[]])[])("not %s", (_, chunks) => {
    expect(rules(arriving(chunks))).toEqual([]);
  });
});

test("the rules about timing are off unless the file turns them on", () => {
  const off = withRules(pokee, { "timing/late-close": "off", "timing/buffered": "off", "timing/gap": "off" });
  expect(rules(arriving([{ at: 60, events: long }], 80, off))).toEqual([]);
});

describe("the response", () => {
  const answered = (status: number, headers: Readonly<Record<string, string>>): StreamResult => {
    const stream = createStreamCheck({ protocol: pokee });
    stream.response({ status, headers });
    stream.push(encode(answer));
    return stream.end();
  };

  test("is a 200 event stream; parameters and case do not matter", () => {
    expect(rules(answered(200, { "content-type": "text/event-stream" }))).toEqual([]);
    expect(rules(answered(200, { "content-type": "Text/Event-Stream; charset=utf-8" }))).toEqual([]);
  });

  test("any other is an error, before all others", () => {
    expect(answered(201, { "content-type": "text/event-stream" })).toMatchObject({
      verdict: "invalid",
      findings: [{ rule: "http/status" }],
    });
    expect(rules(answered(500, { "content-type": "application/json" }))).toEqual(["http/status", "http/content-type"]);
    expect(answered(200, {}).findings[0]?.message).toBe(
      "The response's content-type is missing, expected `text/event-stream`. EventSource fails without it.",
    );
  });
});
