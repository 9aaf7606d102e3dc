import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { parseProtocol } from "@ssert/protocol";
import { openTape } from "@ssert/tape";
import { describe, expect, it } from "vitest";
import "../src/index.ts";

const fixture = (path: string): string => fileURLToPath(new URL(`../../../fixtures/pokee/${path}`, import.meta.url));

const created = 'event: message.created\ndata: {"id":"m1","session_id":"s1","status":"in_progress"}\n\n';
const completed = 'event: message.completed\ndata: {"id":"m1","status":"completed","usage":{}}\n\n';
const valid = created + completed;
const wrongId = created + completed.replace("m1", "m2");
const streamOf = (...pieces: string[]): ReadableStream<Uint8Array> =>
  ReadableStream.from(pieces).pipeThrough(new TextEncoderStream());
const answer = (body: ConstructorParameters<typeof Response>[0], type = "text/event-stream", status = 200): Response =>
  new Response(body, { status, headers: { "content-type": type } });

/** What the matcher tells when it fails, without colours. */
async function failure(assertion: Promise<void>): Promise<string> {
  const error = await assertion.then(
    () => new Error("the assertion holds"),
    (thrown: unknown) => thrown,
  );
  return stripVTControlCharacters(error instanceof Error ? error.message : String(error));
}

describe("toConformTo takes", () => {
  it.each([
    ["text", () => valid],
    ["bytes", () => new TextEncoder().encode(valid)],
    ["an ArrayBuffer", () => new TextEncoder().encode(valid).buffer],
    ["chunks of bytes", () => [...new TextEncoder().encode(valid)].map((byte) => Uint8Array.of(byte))],
    ["pieces of text", () => [valid.slice(0, 20), valid.slice(20)]],
    ["a web stream", () => streamOf(created, completed)],
    ["a Response", () => answer(valid)],
    ["a Node stream", () => Readable.from([Buffer.from(created), Buffer.from(completed)])],
  ])("%s", async (_what, make) => {
    await expect(make()).toConformTo("pokee");
  });

  it("a tape, and knows its protocol", async () => {
    await expect(await openTape(fixture("valid/error-at-once.sse"))).toConformTo("pokee");
  });

  it("a protocol of one's own", async () => {
    const counting = await parseProtocol(
      '{"protocol":"counting","version":"1","type":"event","events":{"begin":{},"end":{}},' +
        '"scopes":{"count":{"open":"begin","close":"end"}}}',
    );
    await expect("event: begin\ndata: {}\n\nevent: end\ndata: {}\n\n").toConformTo(counting);
    await expect("event: end\ndata: {}\n\n").not.toConformTo(counting);
  });

  it("text that is cut inside a character", async () => {
    const text = valid.replace("s1", "😀");
    const middle = text.indexOf("😀") + 1;
    await expect([text.slice(0, middle), text.slice(middle)]).toConformTo("pokee");
  });
});

describe("a stream that breaks its protocol", () => {
  it("fails with the report: rule, place, and the line of the stream", async () => {
    const told = await failure(expect(wrongId).toConformTo("pokee"));
    expect(told).toContain("expected the stream to conform to pokee@1");
    expect(told).toMatch(/error {2}message\/id-changed {2}received:5:7 {2}event 2 message\.completed/);
    expect(told).toContain('5 │ data: {"id":"m2"');
  });

  it("is shown from its file where it is a tape", async () => {
    const path = fixture("broken/tool_call/not-open/result-without-call.sse");
    const told = await failure(expect(await openTape(path)).toConformTo("pokee"));
    expect(told).toContain("tool_call/not-open");
    expect(told).toContain("│ data:");
  });

  it("satisfies `not`, and a valid one does not", async () => {
    await expect(wrongId).not.toConformTo("pokee");
    expect(await failure(expect(valid).not.toConformTo("pokee"))).toContain("not to conform to pokee@1");
  });

  it("may have warnings, unless they are counted", async () => {
    const odd = valid.replace("data:", "id: 1\ndata:");
    await expect(odd).toConformTo("pokee");
    const told = await failure(expect(odd).toConformTo("pokee", { maxWarnings: 0 }));
    expect(told).toContain("with at most 0 warnings");
    expect(told).toContain("sse/id");
  });

  it("that is cut off does not conform", async () => {
    expect(await failure(expect(created).toConformTo("pokee"))).toContain("stream/truncated");
  });

  it("that is larger than an event may be does not conform", async () => {
    const endless = "x".repeat(17 * 1024 * 1024);
    expect(await failure(expect(endless).toConformTo("pokee"))).toContain("unreadable");
  });
});

describe("a Response", () => {
  it("can be read afterwards", async () => {
    const response = answer(valid);
    await expect(response).toConformTo("pokee");
    expect(await response.text()).toBe(valid);
  });

  it("is judged by its status, too", async () => {
    expect(await failure(expect(answer(valid, undefined, 500)).toConformTo("pokee"))).toContain("http/status");
  });

  it("that forgot what it is breaks a rule, and is read", async () => {
    const told = await failure(expect(new Response(valid)).toConformTo("pokee"));
    expect(told).toMatch(/2 events, 159 bytes\s+error {2}http\/content-type/);
  });

  it("that is an error page says what it says", async () => {
    const told = await failure(expect(answer("<h1>Bad gateway</h1>", "text/html", 502)).toConformTo("pokee"));
    expect(told).toContain("the response is text/html, status 502: <h1>Bad gateway</h1>");
  });
});

describe("a matcher that can say nothing fails, with `not` as well", () => {
  it.each([
    ["an object", {}, "is an Object, expected an event stream"],
    ["null", null, "is null"],
    ["a promise", Promise.resolve(valid), "await it first"],
    ["numbers", [1, 2], "a piece of the stream is a number"],
    ["a number", 7, "is a number"],
    ["a path", "tapes/poem.sse", 'give the matcher await openTape("tapes/poem.sse")'],
  ])("%s is no stream", async (_what, value, message) => {
    expect(await failure(expect(value).not.toConformTo("pokee"))).toContain(message);
  });

  it("a body that was read", async () => {
    const response = answer(valid);
    await response.text();
    expect(await failure(expect(response).not.toConformTo("pokee"))).toContain("was read before");
  });

  it("a body that somebody else is reading", async () => {
    const response = answer(valid);
    response.body?.getReader();
    expect(await failure(expect(response).not.toConformTo("pokee"))).toContain("is being read by somebody else");
    const stream = streamOf(valid);
    stream.getReader();
    expect(await failure(expect(stream).not.toConformTo("pokee"))).toContain("is being read by somebody else");
  });

  it.each([
    ["web", () => streamOf(valid)],
    ["Node", () => Readable.from([valid])],
  ])("a %s stream that was read before: of nothing, `not` would hold", async (_what, make) => {
    const stream = make();
    await expect(stream).toConformTo("pokee");
    expect(await failure(expect(stream).not.toConformTo("pokee"))).toContain("the stream was read before");
    expect(await failure(expect(stream).toDecodeTo([]))).toContain("the stream was read before");
  });

  it("a stream that breaks off, with how much came and why", async () => {
    async function* broken(): AsyncIterable<string> {
      yield created;
      throw new Error("socket hang up");
    }
    const told = "the stream broke off after 1 chunk: socket hang up";
    expect(await failure(expect(broken()).not.toConformTo("pokee"))).toBe(told);
    expect(await failure(expect(broken()).not.toDecodeTo([]))).toBe(told);
    expect(await failure(expect(answer(Readable.toWeb(Readable.from(broken())))).toConformTo("pokee"))).toContain(
      "socket",
    );
  });

  it("an allowance that is no number", async () => {
    const told = await failure(expect(valid).toConformTo("pokee", { maxWarnings: Number.NaN }));
    expect(told).toContain("maxWarnings must be a number from 0 up, got NaN");
  });

  it("a definition that is no protocol yet", async () => {
    // @ts-expect-error: what JavaScript may bring
    const told = await failure(expect(valid).not.toConformTo({ protocol: "mine", version: "1", events: {} }));
    expect(told).toContain("parseProtocol(text) or defineProtocol(definition)");
  });

  it("an unknown protocol", async () => {
    expect(await failure(expect(valid).not.toConformTo("pokey"))).toContain("built in are pokee");
  });

  it("no protocol at all", async () => {
    expect(await failure(expect(valid).not.toConformTo())).toContain("only a tape can name its own");
    const bare = await openTape(fixture("broken/tool_call/not-open/result-without-call.sse"));
    expect(await failure(expect(bare).not.toConformTo())).toContain("the tape names none");
  });
});
