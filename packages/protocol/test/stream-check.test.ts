import { describe, expect, test } from "vitest";
import { createMonitor, createStreamCheck, type Monitor } from "../src/index.ts";
import { answer, completed, created, text } from "./monitor/pokee-stream.ts";
import { check, checkBytes, encode, found, line, pokee, withRules } from "./monitor/streams.ts";

const bytes = (source: string): Uint8Array => new TextEncoder().encode(source);

describe("framing", () => {
  const begin = 'event: message.created\ndata: {"id":"m","session_id":"s","status":"in_progress"}\n\n';
  const end = 'event: message.completed\ndata: {"id":"m","status":"completed","usage":{}}\n\n';
  const rulesIn = (middle: string): readonly string[] =>
    checkBytes(pokee, bytes(begin + middle + end)).findings.map(({ rule, severity }) => `${severity} ${rule}`);

  test.each([
    ["event: text.start\ndata: {\ndata: }\n\nevent: text.stop\ndata: {}\n\n", "warning sse/multiple-data"],
    ["data: {}\nevent: text.start\n\nevent: text.stop\ndata: {}\n\n", "warning sse/data-before-event"],
    ["event: text.start\n\n", "warning sse/no-data"],
    ["id: 7\nevent: text.start\ndata: {}\n\nevent: text.stop\ndata: {}\n\n", "warning sse/id"],
    ["retry: 7\nevent: text.start\ndata: {}\n\nevent: text.stop\ndata: {}\n\n", "warning sse/retry"],
    ['event: text.start\ndata: {"a":"\u2028"}\n\nevent: text.stop\ndata: {}\n\n', "warning sse/line-separator"],
  ])("%j", (middle, expected) => {
    expect(rulesIn(middle)).toEqual([expected]);
  });

  test("what a protocol leaves off is no finding, what the standard allows neither", () => {
    expect(rulesIn(": ping\n\nnobody: knows\n\n")).toEqual([]);
    expect(checkBytes(pokee, bytes(`\uFEFF${(begin + end).replaceAll("\n", "\r\n")}`)).findings).toEqual([]);
  });

  test("a last event without its blank line is not dispatched: a warning, and the stream is truncated", () => {
    expect(checkBytes(pokee, bytes(begin + end.slice(0, -1)))).toMatchObject({
      verdict: "truncated",
      events: 1,
      findings: [
        { rule: "sse/unterminated", severity: "warning" },
        { rule: "stream/truncated", severity: "error" },
      ],
    });
  });

  test("invalid UTF-8 is an error, and the event is judged all the same", () => {
    const stream = encode([created, text.start, line("text.delta", { content: "?", more: 1 }), completed]);
    stream[stream.indexOf("?".charCodeAt(0))] = 0xff;
    expect(checkBytes(pokee, stream).findings.map(({ rule }) => rule)).toEqual(["sse/invalid-utf8", "block/unclosed"]);
  });
});

describe("without a protocol", () => {
  test("only the framing is judged", () => {
    const stream = createStreamCheck({});
    stream.push(bytes("data: anything\n\ndata: x"));
    stream.response({ status: 500, headers: {} });
    expect(stream.end()).toMatchObject({
      protocol: null,
      verdict: "valid",
      events: 1,
      bytes: 23,
      findings: [{ rule: "sse/unterminated", severity: "warning" }],
    });
  });

  test("bytes that are no text are an error", () => {
    const stream = createStreamCheck({});
    stream.push(Uint8Array.of(0x64, 0x61, 0x74, 0x61, 0x3a, 0xff, 0x0a, 0x0a));
    expect(stream.end()).toMatchObject({ verdict: "invalid", findings: [{ rule: "sse/invalid-utf8" }] });
  });
});

describe("the result", () => {
  test("says protocol, events and bytes", () => {
    expect(check(pokee, answer)).toMatchObject({
      protocol: "pokee@1",
      events: answer.length,
      bytes: encode(answer).length,
    });
  });

  test("findings are in the order of their places", () => {
    const { findings } = check(pokee, [line("x"), created, text.delta(), text.stop, line("y"), text.start, completed]);
    const offsets = findings.map(({ location }) => location?.offset ?? -1);
    expect(findings.length).toBeGreaterThan(3);
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
  });

  test("findings beyond the cap are counted, and the first error is among those that are given", () => {
    const warnings = Array.from({ length: 5 }, () => line("x.unknown"));
    const result = check(pokee, [created, ...warnings, text.delta(), text.stop, text.delta(), text.stop, completed], {
      maxFindings: 3,
    });
    expect(result.findings.map(({ rule }) => rule)).toEqual([
      "event/unknown-type",
      "event/unknown-type",
      "event/unknown-type",
      "block/not-open",
    ]);
    expect(result).toMatchObject({ verdict: "invalid", heldBack: 3 });
  });

  test("a verdict is truncated only if nothing else is wrong", () => {
    expect(check(pokee, [created, text.delta()])).toMatchObject({
      verdict: "invalid",
      findings: [{ rule: "block/not-open" }],
    });
    const lax = withRules(pokee, { "stream/truncated": "warning" });
    expect(check(lax, [created])).toMatchObject({ verdict: "valid", findings: [{ rule: "stream/truncated" }] });
  });

  test("every event can be looked at", () => {
    const types: (string | undefined)[] = [];
    check(pokee, answer, { onEvent: ({ type }) => types.push(type) });
    expect(types).toEqual(answer.map(({ type }) => type));
  });

  test("an event that is too large is thrown as the decoder throws it", () => {
    const stream = createStreamCheck({ protocol: pokee, maxEventBytes: 100 });
    expect(() => stream.push(bytes(`data: ${"x".repeat(200)}`))).toThrow(/more than 100 bytes/);
  });

  test("a place is asked for only where something is opened, closed or found", () => {
    let asked = 0;
    const monitor = createMonitor(pokee, { onFinding: () => expect.unreachable() });
    let number = 0;
    const deltas = Array.from({ length: 100 }, () => text.delta());
    for (const { type, data } of [created, text.start, ...deltas, text.stop, completed]) {
      number += 1;
      feed(monitor, number, type, data, () => {
        asked += 1;
      });
    }
    expect(asked).toBeLessThan(5);
    expect(monitor).toMatchObject({ errors: 0, heldBack: 0, ended: true, truncated: false });
  });
});

describe("a monitor by itself", () => {
  test("takes events from anywhere", () => {
    const rules: string[] = [];
    const monitor = createMonitor(pokee, { onFinding: ({ rule }) => rules.push(rule) });
    feed(monitor, 1, created.type, created.data, () => {});
    feed(monitor, 2, text.stop.type, text.stop.data, () => {});
    expect(rules).toEqual(["block/not-open"]);
    monitor.end({ offset: 9, line: 9, column: 1 });
    expect(monitor).toMatchObject({ errors: 1, truncated: false, ended: false });
  });

  test("two on one protocol know nothing of each other", () => {
    expect(found(pokee, [created, text.start, completed])).toEqual(found(pokee, [created, text.start, completed]));
  });
});

function feed(monitor: Monitor, number: number, type: string | undefined, data: string, ask: () => void): void {
  monitor.event({
    number,
    type,
    data,
    id: undefined,
    location: () => {
      ask();
      return { offset: number, line: number, column: 1 };
    },
    fields: () => [],
  });
}
