import { fileURLToPath } from "node:url";
import { openTape } from "@ssert/tape";
import { encodeEvent } from "@ssert/wire";
import { describe, expect, it } from "vitest";
import "../src/index.ts";

const stream = 'event: text.delta\ndata: {"content":"Hi"}\n\nid: 7\ndata: one\ndata: two\n\n';

/** What Vitest is told when the matcher fails. */
async function failure(assertion: Promise<void>): Promise<{ message: string; actual?: unknown; expected?: unknown }> {
  const thrown = await assertion.then(
    () => new Error("the assertion holds"),
    (error: unknown) => error,
  );
  if (!(thrown instanceof Error)) throw new TypeError("an Error is thrown");
  return thrown;
}

describe("toDecodeTo", () => {
  it("compares data as text, or as what it says as JSON", async () => {
    await expect(stream).toDecodeTo([
      { type: "text.delta", data: { content: "Hi" } },
      { data: "one\ntwo", id: "7" },
    ]);
    await expect(stream).toDecodeTo([
      { type: "text.delta", data: '{"content":"Hi"}' },
      { type: "message", data: "one\ntwo", id: "7" },
    ]);
  });

  it("takes Vitest's asymmetric matchers for any part", async () => {
    await expect(stream).toDecodeTo([
      { type: expect.stringMatching(/^text\./), data: expect.objectContaining({ content: expect.any(String) }) },
      { data: expect.stringContaining("two"), id: expect.anything() },
    ]);
  });

  it.each([
    [
      "another type",
      [
        { type: "text.stop", data: { content: "Hi" } },
        { data: "one\ntwo", id: "7" },
      ],
      "from event 1 on",
    ],
    ["no type where there is one", [{ data: { content: "Hi" } }, { data: "one\ntwo", id: "7" }], "from event 1 on"],
    [
      "other data",
      [
        { type: "text.delta", data: { content: "Hi" } },
        { data: "one", id: "7" },
      ],
      "from event 2 on",
    ],
    [
      "no id where there is one",
      [{ type: "text.delta", data: { content: "Hi" } }, { data: "one\ntwo" }],
      "from event 2",
    ],
    [
      "fewer events",
      [{ type: "text.delta", data: { content: "Hi" } }],
      "expected the stream to decode to 1 event, got 2",
    ],
    ["none", [], "decode to 0 events, got 2 events; they differ from event 1 on"],
  ])("fails for %s", async (_what, events, message) => {
    await expect(stream).not.toDecodeTo(events);
    expect((await failure(expect(stream).toDecodeTo(events))).message).toContain(message);
  });

  it("fails for an event that is expected and did not come, and hands Vitest both sides", async () => {
    const { message, actual, expected } = await failure(
      expect("data: 1\n\ndata: 2").toDecodeTo([{ data: 1 }, { data: 2 }]),
    );
    expect(message).toContain("to decode to 2 events, got 1 event; they differ from event 2 on");
    expect(actual).toEqual([{ type: "message", data: 1 }]);
    expect(expected).toEqual([
      { type: "message", data: 1 },
      { type: "message", data: 2 },
    ]);
  });

  it("shows data as text where JSON was expected and none came", async () => {
    const { actual } = await failure(expect("data: {oops\n\n").toDecodeTo([{ data: { content: "Hi" } }]));
    expect(actual).toEqual([{ type: "message", data: "{oops" }]);
  });

  it("takes an asymmetric matcher for a whole event", async () => {
    await expect('event: a\ndata: {"n":1}\n\ndata: text\n\n').toDecodeTo([
      expect.objectContaining({ type: "a", data: { n: 1 } }),
      expect.objectContaining({ data: "text" }),
    ]);
    await expect("data: 1\n\n").not.toDecodeTo([expect.objectContaining({ type: "a" })]);
  });

  it("says of an error page what it is, instead of that nothing came", async () => {
    const page = new Response("<h1>Oops</h1>", { status: 502, headers: { "content-type": "text/html" } });
    const { message } = await failure(expect(page).toDecodeTo([{ data: 1 }]));
    expect(message).toContain("from event 1 on; the response is text/html, status 502");
  });

  it("takes a list", async () => {
    // @ts-expect-error: what JavaScript may bring
    const { message } = await failure(expect("data: 1\n\n").not.toDecodeTo({ data: 1 }));
    expect(message).toContain("toDecodeTo() takes a list of events");
  });

  it("does not see the chunks", async () => {
    const bytes = [...new TextEncoder().encode(stream)].map((byte) => Uint8Array.of(byte));
    await expect(bytes).toDecodeTo([
      { type: "text.delta", data: { content: "Hi" } },
      { data: "one\ntwo", id: "7" },
    ]);
  });

  it("reads what an encoder made, and a tape", async () => {
    await expect(encodeEvent({ type: "done", data: "a\n\nb" })).toDecodeTo([{ type: "done", data: "a\n\nb" }]);
    const path = fileURLToPath(new URL("../../../fixtures/pokee/valid/error-at-once.sse", import.meta.url));
    await expect(await openTape(path)).toDecodeTo([
      { type: "message.created", data: expect.objectContaining({ status: "in_progress" }) },
      { type: "message.error", data: expect.objectContaining({ error: expect.any(String) }) },
    ]);
  });
});
