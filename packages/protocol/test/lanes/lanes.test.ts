import { builtinProtocol, createLanes, defineProtocol, type Lanes, type Protocol } from "@ssert/protocol";
import { createDecoder, encodeEvent } from "@ssert/wire";
import { describe, expect, test } from "vitest";
import { fixtureFiles } from "../builtin/fixture-files.ts";

type Sent = readonly [type: string | undefined, data: unknown];

/** What each event's lane is, in order. */
function lanesOf(protocol: Protocol | undefined, ...events: readonly Sent[]): readonly string[] {
  const text = events.map(([type, data]) =>
    encodeEvent({ data: typeof data === "string" ? data : JSON.stringify(data), ...(type !== undefined && { type }) }),
  );
  return placed(createLanes(protocol), new TextEncoder().encode(text.join(""))).map(({ lane }) => lane);
}

function placed(lanes: Lanes, bytes: Uint8Array): ReturnType<Lanes["laneOf"]>[] {
  const places: ReturnType<Lanes["laneOf"]>[] = [];
  const decoder = createDecoder({ event: (event) => places.push(lanes.laneOf(event)) });
  decoder.push(bytes);
  decoder.end();
  return places;
}

function builtin(name: string): Protocol {
  const protocol = builtinProtocol(name);
  if (protocol === undefined) throw new Error(`${name} is not built in`);
  return protocol;
}

describe("the lanes of a protocol", () => {
  test("are the kinds of its scopes, its scopes without kinds, and the stream", () => {
    expect(createLanes(builtin("pokee")).names).toEqual([
      "stream",
      "text",
      "thinking",
      "tool_use",
      "block",
      "tool_call",
    ]);
  });

  test("of Pokee: text, thinking, the tool's input, its result", () => {
    const lanes = lanesOf(
      builtin("pokee"),
      ["message.created", { id: "m" }],
      ["thinking.start", {}],
      ["thinking.delta", { content: "…" }],
      ["thinking.stop", {}],
      ["tool_use.start", { id: "t", name: "n" }],
      ["tool_use.executing", { id: "t" }],
      ["tool_result", { id: "t" }],
      ["tool_use.stop", { id: "t" }],
      ["text.delta", { content: "x" }],
      ["message.completed", { id: "m" }],
    );
    expect(lanes).toEqual([
      "stream",
      "thinking",
      "thinking",
      "thinking",
      "tool_use",
      "tool_use",
      "tool_call",
      "tool_use",
      "text",
      "stream",
    ]);
  });

  test("an end that any kind may have is in the lane of what was opened under its key", () => {
    const lanes = lanesOf(
      builtin("anthropic-messages"),
      [undefined, { type: "content_block_start", index: 0, content_block: { type: "thinking" } }],
      [undefined, { type: "content_block_start", index: 1, content_block: { type: "tool_use" } }],
      [undefined, { type: "content_block_stop", index: 0 }],
      [undefined, { type: "content_block_stop", index: 1 }],
      [undefined, { type: "content_block_stop", index: 1 }],
    );
    expect(lanes).toEqual(["thinking", "tool_input", "thinking", "tool_input", "block"]);
  });

  test("an event is where its parts are", () => {
    const call = { index: 0, id: "c", function: { name: "f", arguments: "" } };
    const chunk = (delta: object): Sent => [undefined, { choices: [{ index: 0, delta }] }];
    const lanes = lanesOf(
      builtin("openai-chat"),
      chunk({ role: "assistant", content: "" }),
      chunk({ tool_calls: [call] }),
      [undefined, { choices: [] }],
      [undefined, "[DONE]"],
    );
    expect(lanes).toEqual(["choice", "call", "stream", "stream"]);
  });

  test("come from the definition and nowhere else", async () => {
    const upload = await defineProtocol({
      protocol: "upload",
      version: "1",
      type: "event",
      events: { begin: {}, piece: { subtype: "/kind" }, end: {} },
      scopes: {
        session: { open: "begin", inner: { piece: "any" }, close: "end" },
        part: { in: "session", key: "/n", kinds: { fast: { open: "piece[a]" }, slow: { open: "piece[b]" } } },
      },
    });
    const lanes = lanesOf(upload, ["begin", {}], ["piece", { n: 1, kind: "b" }], ["piece", { n: 2, kind: "a" }]);
    expect(lanes).toEqual(["stream", "slow", "fast"]);
  });

  test("of what has no readable type or no place: the stream's", () => {
    const pokee = createLanes(builtin("pokee"));
    const bytes = new TextEncoder().encode("data: {\n\nevent: text.delta\ndata: {\n\nevent: novel\ndata: {}\n\n");
    expect(placed(pokee, bytes)).toEqual([
      { type: null, lane: "stream" },
      { type: "text.delta", lane: "text" },
      { type: "novel", lane: "stream" },
    ]);
  });

  test("every event of every fixture has one of them", () => {
    for (const { protocol, bytes } of fixtureFiles()) {
      const lanes = createLanes(builtin(protocol.replace(/\+.*/, "")));
      for (const { lane } of placed(lanes, bytes)) {
        expect(lanes.names).toContain(lane);
      }
    }
  });
});

describe("without a protocol", () => {
  test("each type is a lane, `message` where there is none", () => {
    expect(lanesOf(undefined, ["a", 1], [undefined, 2], ["a", 3])).toEqual(["a", "message", "a"]);
  });

  test("a stream with a new type in every event does not get a lane for each", () => {
    const events = Array.from({ length: 40 }, (_, n): Sent => [`t${n}`, n]);
    expect(new Set(lanesOf(undefined, ...events)).size).toBe(13);
  });
});
