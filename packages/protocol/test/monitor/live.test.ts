import type { Finding } from "@ssert/report";
import { createDecoder } from "@ssert/wire";
import { createParser } from "eventsource-parser";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  builtinProtocol,
  createMonitor,
  type IncomingEvent,
  type PokeeEvent,
  type Protocol,
  type ProtocolEvent,
} from "../../src/index.ts";
import { check, define, ev, line, type Sent, text } from "./streams.ts";

const pokee = builtinProtocol("pokee");
const begin = line("message.created", { id: "m", session_id: "s", status: "in_progress" });
const end = line("message.completed", { id: "m", status: "completed", usage: {} });
const start = line("text.start");
const delta = line("text.delta", { content: "Hi" });
const stop = line("text.stop");

interface Watched {
  readonly findings: readonly Finding[];
  readonly events: readonly ProtocolEvent[];
  /** Findings and events in the order in which they were told. */
  readonly told: readonly string[];
}

function watch(protocol: Protocol, events: readonly IncomingEvent[]): Watched {
  const [findings, given, told]: [Finding[], ProtocolEvent[], string[]] = [[], [], []];
  const monitor = createMonitor(protocol, {
    onFinding: (finding) => {
      findings.push(finding);
      told.push(finding.rule);
    },
    onEvent: (event) => {
      given.push(event);
      told.push(event.type);
    },
  });
  for (const event of events) monitor.event(event);
  monitor.end();
  return { findings, events: given, told };
}

/** As `eventsource-parser` gives them. */
function parsed(events: readonly Sent[]): readonly IncomingEvent[] {
  const messages: IncomingEvent[] = [];
  const parser = createParser({ onEvent: (message) => messages.push(message) });
  parser.feed(text(events));
  return messages;
}

/** As a browser's `EventSource` gives them. */
function browsed(events: readonly Sent[]): readonly IncomingEvent[] {
  return events.map(({ type = "message", data }) => new MessageEvent(type, { data }));
}

/** As `@ssert/wire` gives them. */
function decoded(events: readonly Sent[]): readonly IncomingEvent[] {
  const all: IncomingEvent[] = [];
  const decoder = createDecoder({ event: (event) => all.push(event) });
  decoder.push(new TextEncoder().encode(text(events)));
  decoder.end();
  return all;
}

describe.each([
  ["eventsource-parser", parsed],
  ["a browser's EventSource", browsed],
  ["@ssert/wire", decoded],
])("events of %s", (_, from) => {
  const streams: readonly (readonly Sent[])[] = [
    [begin, start, delta, stop, end],
    [begin, delta, start, stop, end, delta],
    [begin, start, line("text.delta", { content: 12 }), stop],
    [begin, start, start, { type: "text.delta", data: "{" }, line("x.unknown"), end],
    [delta],
    [{ data: "{}" }, begin, end],
  ];

  test.each(streams)("give the findings that the bytes give, but for places", (...events) => {
    const { findings } = watch(pokee, from(events));
    const placeless = (finding: Finding): unknown => {
      const { location: _, related, ...rest } = finding;
      return { ...rest, related: related?.map(({ location: _, ...other }) => other) };
    };
    expect(findings.map(placeless)).toEqual(check(pokee, events).findings.map(placeless));
  });

  test("tell the number of the event where there is no place", () => {
    const [finding] = watch(pokee, from([begin, delta])).findings;
    expect(finding?.event).toEqual({ number: 2, type: "text.delta" });
    const related = watch(pokee, from([begin, start, start, end])).findings[0]?.related?.[0];
    expect(related?.event).toEqual({ number: 2, type: "text.start" });
    const placed = from === decoded;
    expect("location" in (finding ?? {})).toBe(placed);
    expect("location" in (related ?? {})).toBe(placed);
  });
});

test("a browser's `message` is an event without a line, unless the protocol has that type", () => {
  const named = define(
    "",
    { all: { open: "message", close: "end" } },
    { type: "event", events: { message: {}, end: {} } },
  );
  expect(watch(named, browsed([{ data: "{}" }, { type: "end", data: "{}" }])).findings).toEqual([]);
  expect(watch(pokee, browsed([{ data: "{}" }])).findings[0]?.rule).toBe("event/no-type");
});

describe("events that are given", () => {
  test("have the protocol's type and parsed data, in the types of the protocol", () => {
    const given: PokeeEvent[] = [];
    const monitor = createMonitor(pokee, {
      onFinding: () => undefined,
      onEvent: (event) => {
        expectTypeOf(event).toEqualTypeOf<PokeeEvent>();
        if (event.type === "text.delta") expectTypeOf(event.data.content).toEqualTypeOf<string>();
        given.push(event);
      },
    });
    for (const event of parsed([begin, start, delta])) monitor.event(event);
    expect(given).toEqual([
      { type: "message.created", data: { id: "m", session_id: "s", status: "in_progress" } },
      { type: "text.start", data: {} },
      { type: "text.delta", data: { content: "Hi" } },
    ]);
  });

  test("are those whose data keeps the schemas: whatever else is found, and after it is", () => {
    const bad = line("text.delta", { content: 12 });
    const { told } = watch(
      pokee,
      parsed([begin, delta, bad, { type: "text.delta", data: "no JSON" }, line("what"), end, delta]),
    );
    expect(told).toEqual([
      "message.created",
      "block/not-open",
      "text.delta",
      "event/payload",
      "event/not-json",
      "event/unknown-type",
      "message.completed",
      "message/closed",
    ]);
  });

  test("are given each by itself, however many of one kind come in a row", () => {
    const deltas = Array.from({ length: 300 }, (_, index) => line("text.delta", { content: `word ${index}` }));
    const { events, findings } = watch(pokee, parsed([begin, start, ...deltas, stop, end]));
    expect(findings).toEqual([]);
    expect(events.slice(2, -2).map(({ data }) => data)).toEqual(deltas.map(({ data }) => JSON.parse(data)));
  });

  test("do not depend on how severe a breach of a schema is", () => {
    const schema = { type: "object", required: ["x"], properties: { x: { type: "number" } } };
    for (const severity of ["error", "warning", "off"] as const) {
      const lax = define(
        "a b",
        { all: { open: "a", close: "b" } },
        { events: { b: { schema } }, rules: { "event/payload": severity } },
      );
      expect(watch(lax, parsed([ev("a"), ev("b", { x: "no number" })])).events.map(({ type }) => type)).toEqual(["a"]);
    }
  });

  test("have a subtype where the type has some: null for one that the protocol does not name", () => {
    const protocol = builtinProtocol("anthropic-messages");
    const of = (type: string): Sent => {
      const data = { type: "content_block_delta", index: 0, delta: { type, text: "x" } };
      return line("content_block_delta", data);
    };
    const { events } = watch(protocol, parsed([of("text_delta"), of("new_delta")]));
    expect(events.map(({ subtype }) => subtype)).toEqual(["text_delta", null]);
  });

  test("of a sentinel have its text; parts that break their schema keep the event back", () => {
    const protocol = builtinProtocol("openai-chat");
    const chunk = (choice: unknown): Sent => ({
      data: JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "m", choices: [choice] }),
    });
    const good = { index: 0, delta: { role: "assistant", content: "" }, finish_reason: null };
    const { events } = watch(protocol, parsed([chunk(good), chunk({ ...good, index: "0" }), { data: "[DONE]" }]));
    expect(events.map(({ type, data }) => [type, type === "done" ? data : undefined])).toEqual([
      ["chunk", undefined],
      ["done", "[DONE]"],
    ]);
  });
});

test("known names have the types of their events; variants and other names have none", () => {
  expectTypeOf(builtinProtocol("pokee")).toEqualTypeOf<Protocol<PokeeEvent>>();
  expectTypeOf(builtinProtocol("openai-chat+azure")).toEqualTypeOf<Protocol | undefined>();
});
