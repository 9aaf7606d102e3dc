import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtinProtocol, type Protocol } from "@ssert/protocol";
import { createTape, openTape, type TapeEnd } from "@ssert/tape";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareOutlines, type Difference, type OutlineOptions, readOutline, type ValueKind } from "../../src/index.ts";

let folder: string;
let made = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ssert-diff-"));
});
afterAll(async () => await rm(folder, { recursive: true }));

const pokee = builtinProtocol("pokee");
const event = (type: string, data: unknown): string => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
const created = event("message.created", { id: "m1", session_id: "s1", status: "in_progress" });
const completed = event("message.completed", { id: "m1", status: "completed", usage: { tokens: 1 } });
const text = (...words: readonly string[]): string =>
  [event("text.start", {}), ...words.map((content) => event("text.delta", { content })), event("text.stop", {})].join(
    "",
  );
const tool = (input: unknown): string =>
  [
    event("tool_use.start", { id: "t1", name: "search" }),
    event("tool_use.executing", { id: "t1", name: "search", input }),
    event("tool_use.stop", {}),
    event("tool_result", { id: "t1", content: "", is_error: false }),
  ].join("");

interface Compared {
  readonly protocol?: Protocol | undefined;
  readonly values?: readonly ValueKind[];
}

/** What differs between two sets of streams. */
async function compare(
  before: string | readonly string[],
  now: string | readonly string[],
  how: Compared = {},
): Promise<readonly Difference[]> {
  const { protocol, values } = how;
  const options: OutlineOptions = {
    ...(protocol !== undefined && { protocol: () => protocol }),
    ...(values !== undefined && { values: new Set(values) }),
  };
  const read = async (streams: string | readonly string[]) =>
    await readOutline(await Promise.all([streams].flat().map(bare)), options);
  return compareOutlines(await read(before), await read(now), protocol);
}

async function bare(stream: string) {
  made += 1;
  const path = join(folder, `${made}.sse`);
  await writeFile(path, stream);
  return await openTape(path);
}

const said = (differences: readonly Difference[]): readonly string[] =>
  differences.map(({ tier, message }) => `${tier}: ${message}`);

describe("two answers that say other things in the same way", () => {
  it("do not differ", async () => {
    const answer = created + text("one ", "two") + completed;
    const other = answer
      .replaceAll("m1", "m2")
      .replace("s1", "s2")
      .replace("one ", "uno ")
      .replace('"tokens":1', '"tokens":2');
    expect(await compare(answer, other, { protocol: pokee })).toEqual([]);
  });

  it("differ in counts for information", async () => {
    const [one, two] = [created + text("one") + completed, created + text("one ", "two") + completed];
    expect(said(await compare(one, two, { protocol: pokee }))).toEqual([
      "info: `text.delta` came once, comes 2 times",
      "info: `text.delta` directly after `text.delta`, which did not happen before",
    ]);
  });

  it("may take another way that the protocol allows", async () => {
    const differences = await compare(created + text("a") + completed, created + completed, { protocol: pokee });
    expect(differences.filter(({ aspect }) => aspect === "order").map(({ tier }) => tier)).not.toContain("warning");
  });

  it("may do something else with what can be any JSON", async () => {
    const [one, other] = [{ query: "x" }, { limit: [1] }].map((input) => created + tool(input) + completed);
    expect(await compare(one ?? "", other ?? "", { protocol: pokee })).toEqual([]);
    expect(said(await compare(one ?? "", other ?? ""))).toContain(
      "error: `tool_use.executing` /input/query is gone; it was in 1 of 1",
    );
  });
});

describe("a property", () => {
  const [before] = [event("x", { id: "1", list: [{ a: 1 }], note: null })];
  it.each([
    ["gone", { list: [{ a: 1 }], note: null }, "error: `x` /id is gone; it was in 1 of 1"],
    ["of another type", { id: 1, list: [{ a: 1 }], note: null }, "error: `x` /id was string, is number"],
    ["that is null now", { id: null, list: [{ a: 1 }], note: null }, "warning: `x` /id was string, is null"],
    ["that was only ever null", { id: "1", list: [{ a: 1 }], note: "hi" }, "warning: `x` /note was null, is string"],
    ["that is new", { id: "1", list: [{ a: 1 }], note: null, more: {} }, "info: `x` /more is new: object, in 1 of 1"],
    ["in a list", { id: "1", list: [{ a: "1" }], note: null }, "error: `x` /list/*/a was number, is string"],
    ["no object any more", [], "error: `x` as a whole was object, is array"],
  ])("%s", async (_what, data, difference) => {
    expect(said(await compare(before ?? "", event("x", data)))).toEqual([difference]);
  });

  it("that is not always there any more", async () => {
    const always = event("x", { a: 1 }) + event("x", { a: 1 });
    expect(said(await compare(always, event("x", { a: 1 }) + event("x", {})))).toEqual([
      "warning: `x` /a is not always there any more",
    ]);
    expect(said(await compare(event("x", { a: 1 }) + event("x", {}), always))).toEqual([
      "info: `x` /a is always there now",
    ]);
  });

  it("of a map from ids means nothing", async () => {
    const map = (from: number) =>
      event("x", Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`id${from + n}`, n])));
    expect(await compare(map(0), map(1000))).toEqual([]);
  });

  it("among hundreds that differ is not listed", async () => {
    const many = (name: string) =>
      event("x", Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`${name}${n}`, n])));
    const differences = said(await compare(many("a"), many("b")));
    expect(differences).toHaveLength(51);
    expect(differences).toContain("info: `x` and 150 more differences in its data");
  });
});

describe("an event", () => {
  it("that does not come any more, and one that is new", async () => {
    const differences = said(await compare(event("a", {}) + event("b", {}), event("a", {}) + event("c", {})));
    expect(differences).toContain("warning: `b` does not come any more; it came once");
    expect(differences).toContain("warning: `c` is new; it comes once");
    expect(differences).toContain("info: - at step 2: b");
  });

  it("that comes first, where another did", async () => {
    const differences = said(await compare(event("a", {}) + event("b", {}), event("b", {}) + event("a", {})));
    expect(differences[0]).toBe("error: `b` directly after the beginning, which did not happen before");
    expect(differences).toContain("warning: the end directly after `a`, which did not happen before");
  });

  it("is told apart by the protocol's subtypes and parts", async () => {
    const chat = builtinProtocol("openai-chat");
    const chunk = (delta: object) => `data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`;
    const differences = said(await compare(chunk({ content: "a" }), chunk({ content: ["a"] }), { protocol: chat }));
    expect(differences.some((line) => line.includes("/delta/content was string, is array"))).toBe(true);
  });

  it("without a protocol is told apart by its line, else by its type", async () => {
    const differences = said(
      await compare('data: {"type":"a"}\n\ndata: 1\n\n', 'event: b\ndata: {"type":"a"}\n\ndata: 1\n\n'),
    );
    expect(differences).toContain("warning: `b` is new; it comes once");
    expect(differences).toContain("warning: `a` does not come any more; it came once");
  });
});

describe("sets of streams", () => {
  it("are compared as wholes", async () => {
    const [one, two] = [event("a", {}) + event("b", {}), event("a", {}) + event("c", {})];
    expect(await compare([one, two], [two, one])).toEqual([]);
    expect(said(await compare([one, two], [one, one]))).toContain("warning: `c` does not come any more; it came once");
  });

  it("name the rules that are broken now", async () => {
    const good = created + completed;
    expect(said(await compare(good, good.replace("m1", "m2"), { protocol: pokee }))[0]).toBe(
      "error: rules are broken that were kept: message/id-changed (first at `message.completed` /id)",
    );
  });
});

it("data that is no JSON any more is told as such", async () => {
  const [json, none] = [event("x", {}), "event: x\ndata: nope\n\n"];
  expect(said(await compare(json, none))).toEqual(["error: `x` as a whole was object, is not JSON"]);
  expect(said(await compare(none, json))).toEqual(["warning: `x` as a whole was not JSON, is object"]);
});

it("an order that is gone is told in words", async () => {
  const [one, other] = [
    event("x", {}) + event("y", {}),
    event("x", {}) + event("x", {}) + event("y", {}) + event("x", {}),
  ];
  expect(said(await compare(one, other))).toContain("info: the end does not come directly after `y` any more");
});

describe("values, when asked for", () => {
  const answer = (id: string, words: readonly string[], tokens: number) =>
    event("a", { id, tokens }) + words.map((content) => event("d", { content })).join("");

  it("are ids, text or numbers", async () => {
    const [one, other] = [answer("i1", ["one ", "two"], 1), answer("i2", ["one ", "owt"], 2)];
    expect(said(await compare(one, other, { values: ["ids"] }))).toEqual(['warning: `a` /id was "i1", is "i2"']);
    expect(said(await compare(one, other, { values: ["numbers"] }))).toEqual(["warning: `a` /tokens was 1, is 2"]);
    expect(said(await compare(one, other, { values: ["text"] }))).toEqual([
      'warning: `d` /content was "one two", is "one owt"',
    ]);
  });

  it("are the same text in other pieces", async () => {
    const differences = await compare(answer("i", ["one ", "two"], 1), answer("i", ["o", "ne t", "wo"], 1), {
      values: ["text"],
    });
    expect(differences.filter(({ aspect }) => aspect === "values")).toEqual([]);
  });

  it("are shown around the first difference", async () => {
    const long = "x".repeat(100);
    const [difference] = await compare(answer("i", [`${long}a${long}`], 1), answer("i", [`${long}b${long}`], 1), {
      values: ["text"],
    });
    expect(difference?.message).toContain(`…"${"x".repeat(20)}a${"x".repeat(19)}"…`);
  });
});

interface Facts {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly gapUs?: number;
  readonly end?: TapeEnd;
  /** Method and path; the body after another space. */
  readonly request?: string;
}

async function tape({
  status = 200,
  type = "text/event-stream",
  headers = {},
  gapUs = 1000,
  end = "eof",
  request,
}: Facts) {
  made += 1;
  const path = join(folder, `${made}.sse`);
  const [method = "", target = "", body] = request?.split(" ") ?? [];
  const writer = await createTape(path, {
    ssert: 1,
    recordedAt: "2026-01-01T00:00:00.000Z",
    tool: "test",
    provenance: "synthetic",
    boundaries: "exact",
    ...(request !== undefined && {
      request: { method, url: `http://server-${made}${target}`, headers: {}, ...(body !== undefined && { body }) },
    }),
    response: { status, headers: { "content-type": type, ...headers } },
    redaction: [],
  });
  const chunk = type.includes("json") ? '{"a":1}\n' : "data: 1\n\n";
  for (let n = 0; n < 4; n += 1) writer.append(new TextEncoder().encode(chunk), gapUs);
  await writer.finish(end, 4 * gapUs);
  return await openTape(path);
}

async function compareTapes(
  before: Facts | readonly Facts[],
  now: Facts | readonly Facts[],
): Promise<readonly string[]> {
  const read = async (side: Facts | readonly Facts[]) => await readOutline(await Promise.all([side].flat().map(tape)));
  return said(compareOutlines(await read(before), await read(now), undefined));
}

describe("tapes", () => {
  it("differ in status and media type", async () => {
    expect(await compareTapes({}, { status: 500 })).toEqual([
      "error: the response was 200 text/event-stream, is 500 text/event-stream",
    ]);
    expect(await compareTapes({}, { headers: { "content-type": "text/event-stream; charset=utf-8" } })).toEqual([]);
  });

  it("differ in headers and in how they ended", async () => {
    expect(await compareTapes({ headers: { "x-a": "1" } }, { headers: { "x-b": "1" }, end: "reset" })).toEqual([
      "warning: the body ended with eof, ends with reset",
      "info: headers that are gone: x-a",
      "info: new headers: x-b",
    ]);
  });

  it("differ in time when one takes twice as long", async () => {
    expect(await compareTapes({ gapUs: 10_000 }, { gapUs: 19_000 })).toEqual([]);
    expect(await compareTapes({ gapUs: 10_000 }, { gapUs: 20_000 })).toEqual([
      "info: time to the first chunk (median) was 10.0 ms, is 20.0 ms",
      "info: time to the end (median) was 40.0 ms, is 80.0 ms",
      "info: time between chunks (median) was 10.0 ms, is 20.0 ms",
    ]);
  });
});

describe("answers that are no streams", () => {
  const json = { type: "application/json" };
  const ask = (body: string): Facts => ({ request: `POST /v1/sessions/sess_${made}a7/messages ${body}` });

  it("are skipped on both sides, and counted", async () => {
    const outline = await readOutline([
      await tape(json),
      await tape({}),
      await tape({ ...json, status: 409 }),
      await tape(json),
    ]);
    expect([outline.streams, outline.events]).toEqual([1, 4]);
    expect([...outline.answers.others]).toEqual([
      ["200 application/json", 2],
      ["409 application/json", 1],
    ]);
    expect(await compareTapes(json, { ...json, gapUs: 90_000, end: "reset", headers: { "x-a": "1" } })).toEqual([]);
  });

  it("in the place of a stream are an error, and the only difference", async () => {
    expect(await compareTapes({}, json)).toEqual([
      "error: the response was 200 text/event-stream, is 200 application/json: it is no stream any more",
    ]);
    expect(await compareTapes(ask("a"), { ...ask("b"), ...json, status: 500 })).toEqual([
      "error: `POST /v1/sessions/{}/messages` was answered with 200 text/event-stream, is with 500 application/json: it is no stream any more",
    ]);
  });

  it("in the place of a bare stream are an error, too", async () => {
    const now = await readOutline([await tape({ ...json, status: 404 })]);
    const was = await readOutline([await bare("data: 1\n\n"), await bare("data: 1\n\n")]);
    expect(said(compareOutlines(was, now, undefined))).toEqual([
      "error: there were 2 streams, now there is none, only 404 application/json",
    ]);
  });

  it("to a request that was answered with a stream are an error where others still are", async () => {
    const was = [ask("a"), ask("b"), ask("c")];
    const now = [{ ...ask("a"), ...json }, { ...ask("b"), ...json }, ask("c")];
    expect(await compareTapes(was, now)).toContain(
      "error: each of 2 requests to `POST /v1/sessions/{}/messages` was answered with 200 text/event-stream, is with 200 application/json: it is no stream any more",
    );
  });

  it("to a request that is new, or that was answered so as well, are a warning at most", async () => {
    const busy = { ...json, status: 409 };
    const differences = await compareTapes([ask("a")], [ask("a"), { ...ask("b"), ...busy }]);
    expect(differences).toEqual([
      "warning: `POST /v1/sessions/{}/messages` was answered with 200 text/event-stream; 409 application/json comes as well now",
    ]);
    expect(await compareTapes([ask("a"), { ...ask("b"), ...busy }], [ask("a"), { ...ask("b"), ...busy }])).toEqual([]);
  });

  it("that became a stream are an error, unless they were a refusal", async () => {
    expect(await compareTapes(json, {})).toEqual([
      "error: the response was 200 application/json, is 200 text/event-stream",
    ]);
    expect(await compareTapes({ ...json, status: 409 }, {})).toEqual([
      "warning: the response was 409 application/json, is 200 text/event-stream",
    ]);
  });

  it("say by their endpoint what has moved, whatever was recorded beside it", async () => {
    const session = { ...json, status: 201, request: "POST /v1/sessions" };
    expect(await compareTapes([ask("a")], [session, ask("a")])).toEqual([]);
    expect(await compareTapes([session, ask("a")], [{ ...session, status: 200 }, ask("a")])).toEqual([
      "error: `POST /v1/sessions` was answered with 201 application/json, is with 200 application/json",
    ]);
  });

  it("are streams after all where a protocol is chosen and the response forgot to say so", async () => {
    const outline = await readOutline([await tape({ type: "text/plain" })], { protocol: () => pokee });
    expect([outline.streams, outline.answers.others.size]).toEqual([1, 0]);
  });
});
