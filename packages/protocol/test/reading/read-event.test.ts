import { createDecoder, type WireEvent } from "@ssert/wire";
import { describe, expect, it } from "vitest";
import { builtinProtocol, createEventReader, type EventReading } from "../../src/index.ts";

function read(name: string, text: string): readonly EventReading[] {
  const protocol = builtinProtocol(name);
  if (protocol === undefined) throw new Error(`${name} is built in`);
  const events: WireEvent[] = [];
  createDecoder({ event: (event) => events.push(event) }).push(new TextEncoder().encode(text));
  return events.map(createEventReader(protocol));
}

describe("an event reader", () => {
  it("reads type and data, of good events and bad", () => {
    expect(read("pokee", "event: text.delta\ndata: {oops\n\ndata: {}\n\nevent: x\ndata: 1\n\n")).toEqual([
      { label: "text.delta", data: undefined, path: "", parts: [] },
      { label: undefined, data: {}, path: "", parts: [] },
      { label: "x", data: 1, path: "", parts: [] },
    ]);
  });

  it("reads a subtype where the protocol tells it apart", () => {
    const start =
      '{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"b","input":{}}}';
    const [reading] = read("anthropic-messages", `event: content_block_start\ndata: ${start}\n\n`);
    expect(reading?.label).toBe("content_block_start[tool_use]");
  });

  it("reads the parts that an event carries, and where they are", () => {
    const calls = '[{"index":0,"id":"call_1"},{"index":1,"id":"call_2"}]';
    const chunk = `{"choices":[{"index":0,"delta":{"tool_calls":${calls}}}]}`;
    const [reading] = read("openai-chat", `data: ${chunk}\n\ndata: [DONE]\n\n`);
    expect(reading?.parts.map(({ path }) => path)).toEqual(["/choices/0"]);
    expect(reading?.parts[0]?.parts.map(({ path, data }) => [path, data])).toEqual([
      ["/choices/0/delta/tool_calls/0", { index: 0, id: "call_1" }],
      ["/choices/0/delta/tool_calls/1", { index: 1, id: "call_2" }],
    ]);
  });

  it("reads a literal", () => {
    expect(read("openai-chat", "data: [DONE]\n\n")).toEqual([{ label: "done", data: undefined, path: "", parts: [] }]);
  });
});
