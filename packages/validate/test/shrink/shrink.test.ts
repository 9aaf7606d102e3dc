import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { builtinProtocol, createStreamCheck, type Protocol } from "@ssert/protocol";
import { describe, expect, it } from "vitest";
import { shrinkStream } from "../../src/index.ts";

const fixtures = fileURLToPath(new URL("../../../../fixtures/", import.meta.url));
const pokee = builtinProtocol("pokee");
const event = (type: string, data: unknown): string => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (shrunk: { readonly bytes: Uint8Array }): string => new TextDecoder().decode(shrunk.bytes);
const created = event("message.created", { id: "m", session_id: "s", status: "in_progress" });
const completed = event("message.completed", { id: "m", status: "completed", usage: {} });

function rulesOf(stream: Uint8Array, protocol: Protocol | undefined): ReadonlySet<string> {
  const check = createStreamCheck({ protocol });
  check.push(stream);
  return new Set(check.end().findings.map(({ rule }) => rule));
}

/** Every broken fixture whose fault lies in its bytes. */
function brokenFixtures(): readonly { readonly protocol: string; readonly rule: string; readonly path: string }[] {
  return globSync("*/broken/*/*/*.sse", { cwd: fixtures }).flatMap((path) => {
    const [protocol = "", , scope = "", what = ""] = path.split(/[/\\]/);
    if (["http", "timing"].includes(scope)) return [];
    return [{ protocol, rule: `${scope}/${what}`, path }];
  });
}

describe("every broken fixture", () => {
  it.each(brokenFixtures())("$path shrinks to the same rule and breaks no other", (fixture) => {
    const protocol = builtinProtocol(fixture.protocol);
    const before = readFileSync(join(fixtures, fixture.path));
    const all = rulesOf(before, protocol);
    const shrunk = shrinkStream(before, { protocol, rule: fixture.rule });
    const left = rulesOf(shrunk.bytes, protocol);
    expect(left).toContain(fixture.rule);
    expect([...left].filter((rule) => !all.has(rule))).toEqual([]);
    expect(shrunk.bytes.length).toBeLessThanOrEqual(before.length);
    expect(shrunk.finding.rule).toBe(fixture.rule);
    // It is the smallest that can be found: a second time finds nothing.
    expect(text(shrinkStream(shrunk.bytes, { protocol, rule: fixture.rule }))).toBe(text(shrunk));
  });
});

describe("a stream of 10,000 events", () => {
  const block = (n: number): string =>
    event("text.start", {}) +
    Array.from({ length: 30 }, (_, word) => event("text.delta", { content: `word ${word}` })).join("") +
    event("text.stop", {}) +
    event("tool_use.start", { id: `t${n}`, name: "search" }) +
    event("tool_use.executing", { id: `t${n}`, name: "search", input: { n } }) +
    event("tool_use.stop", {}) +
    event("tool_result", { id: `t${n}`, content: "found", is_error: false });
  const blocks = Array.from({ length: 280 }, (_, n) => block(n));
  const long = (fault: string, after: number): Uint8Array =>
    bytes(created + blocks.slice(0, after).join("") + fault + blocks.slice(after).join("") + completed);

  it.each([
    ["an orphan", event("tool_result", { id: "none", content: "", is_error: false }), "tool_call/not-open", 2],
    [
      "the second result of the first tool",
      event("tool_result", { id: "t0", content: "", is_error: false }),
      "tool_call/closed",
      5,
    ],
    ["a block without an end", event("text.start", {}), "block/already-open", 3],
  ])("is %s and what belongs to it", (_what, fault, rule, events) => {
    for (const after of [1, 140, 279]) {
      // A hundred passes over the whole stream; without the search around the finding it takes thousands.
      const shrunk = shrinkStream(long(fault, after), { protocol: pokee, budget: 1_000_000 });
      expect([shrunk.finding.rule, shrunk.events, shrunk.exhausted]).toEqual([rule, events, false]);
    }
  });

  it("gives what it has when the budget is spent", () => {
    const shrunk = shrinkStream(long(event("text.start", {}), 140), { protocol: pokee, budget: 5_000 });
    expect(shrunk.exhausted).toBe(true);
    expect(rulesOf(shrunk.bytes, pokee)).toContain("block/already-open");
  });
});

it("events that are numbered are numbered anew", () => {
  const protocol = builtinProtocol("openai-responses");
  const stream = new TextDecoder().decode(
    readFileSync(join(fixtures, "openai-responses/broken/event/unknown-type/misspelt.sse")),
  );
  const shrunk = shrinkStream(bytes(stream), { protocol, rule: "event/unknown-type" });
  expect([rulesOf(shrunk.bytes, protocol), shrunk.events]).toEqual([new Set(["event/unknown-type"]), 3]);
});

describe("what is left", () => {
  it("is one delta, and of the input only what differs", () => {
    const delta = (content: string): string => event("tool_use.input_delta", { content });
    const stream = bytes(
      created +
        event("tool_use.start", { id: "toolu_1", name: "pay" }) +
        ['{"card": 4111', "111122223333, ", '"pin": 99', '421, "to": "Zoe"}'].map(delta).join("") +
        event("tool_use.executing", {
          id: "toolu_1",
          name: "pay",
          input: { card: 4111111122223333, pin: 99422, to: "Zoe" },
        }) +
        completed,
    );
    const shrunk = shrinkStream(stream, { protocol: pokee, rule: "tool_use/input-differs" });
    const [, , joined, executing] = [...text(shrunk).matchAll(/^data: (.*)$/gm)].map(([, data = ""]) =>
      JSON.parse(data),
    );
    expect([shrunk.events, joined]).toEqual([4, { content: expect.stringMatching(/^\{"pin":\d\}$/) }]);
    expect(executing).toEqual({ id: "", name: "", input: { pin: 0 } });
  });

  it("has short ids, where two events must agree on one", () => {
    const result = event("tool_result", { id: "toolu_01ABCDEF", content: "", is_error: false });
    const start = event("tool_use.start", { id: "toolu_01ABCDEF", name: "x" });
    const executing = event("tool_use.executing", { id: "toolu_01ABCDEF", name: "x", input: {} });
    const stream = bytes(created + start + executing + result + result);
    expect(text(shrinkStream(stream, { protocol: pokee, rule: "tool_call/closed" }))).not.toContain("toolu");
  });

  it("has of data that may not be written anew only what the fault needs", () => {
    const stray = Buffer.from('event: text.delta\ndata: {"content":"one \u{ff} two"}\n\n', "latin1");
    const parts = [bytes(created + event("text.start", {})), stray, bytes(event("text.stop", {}) + completed)];
    const shrunk = Buffer.from(shrinkStream(Buffer.concat(parts), { protocol: pokee }).bytes).toString("latin1");
    expect(shrunk).toMatch(/data: ?\{"content":"\u{ff}"\}/u);
    const lines = 'event: text.delta\ndata: {"content":\ndata: "one two", "more": 1}\n\n';
    const twice = bytes(created + event("text.start", {}) + lines + event("text.stop", {}) + completed);
    expect(text(shrinkStream(twice, { protocol: pokee }))).toMatch(/data: ?\{"content":\ndata: ?""\}/);
  });

  it("has of an event without its end only as much as makes it one", () => {
    const shrunk = shrinkStream(
      bytes(`${created}${completed}: a comment\n\nevent: text.start\ndata: {"long":"text"}`),
      {
        protocol: pokee,
      },
    );
    expect(text(shrunk).slice(text(shrunk).lastIndexOf("\n\n") + 2)).toMatch(/^(?:data|event):$/);
  });

  it("says what is still open where the stream is cut off", () => {
    const shrunk = shrinkStream(bytes(created + event("text.start", {}) + event("text.delta", { content: "Hi" })), {
      protocol: pokee,
    });
    expect(text(shrunk)).toBe(
      event("message.created", { id: "", session_id: "", status: "in_progress" }) + event("text.start", {}),
    );
  });

  it("is written plainly: comments, other fields and other line ends are gone", () => {
    const odd = `: hello\r\nid: 7\r\n${created.replaceAll("\n", "\r\n")}`.replace("\r\n\r\n", "\r\n: more\r\n\r\n");
    expect(
      text(shrinkStream(bytes(odd + event("text.stop", {})), { protocol: pokee, rule: "block/not-open" })),
    ).not.toMatch(/\r|hello|more|id: /);
  });

  it("is shrunk to the rule that is asked for", () => {
    const two = bytes(
      created + event("text.stop", {}) + event("tool_result", { id: "x", content: 1, is_error: false }),
    );
    expect(shrinkStream(two, { protocol: pokee }).finding.rule).toBe("block/not-open");
    expect(text(shrinkStream(two, { protocol: pokee, rule: "tool_call/not-open" }))).toContain("tool_result");
  });

  it("needs a finding in the bytes", () => {
    expect(() => shrinkStream(bytes(created + completed), { protocol: pokee })).toThrow(
      expect.objectContaining({ code: "nothing-to-shrink" }),
    );
    expect(() => shrinkStream(bytes(created), { protocol: pokee, rule: "block/unclosed" })).toThrow(
      "no finding of block/unclosed",
    );
  });
});

describe("redacted", () => {
  const secret = "Zürich";
  const tool = (input: unknown, joined: string): string =>
    event("tool_use.start", { id: `id-${secret}`, name: secret }) +
    joined
      .split("|")
      .map((content) => event("tool_use.input_delta", { content }))
      .join("") +
    event("tool_use.executing", { id: `id-${secret}`, name: secret, input });

  it.each([
    ["text", created + event("text.delta", { content: secret })],
    ["ids and names", created + tool({ city: secret }, "{}") + event("text.stop", {})],
    [
      "pieces of text and the whole",
      `${created}${tool({ [secret]: [secret] }, `{"Zür|ich":["|Zürich"]}`)}${event("tool_use.input_delta", { content: secret })}`,
    ],
    ["data that is not JSON", `${created}event: text.start\ndata: {${secret}\n\n`],
    ["comments", `${created}: ${secret}\nevent: text.stop\ndata: {}\n\n`],
    ["other fields", `${created}id: ${secret}\nevent: text.start\ndata: {}\n\n`],
    ["an event that has no end", `${created}${completed}event: text.start\ndata: {"content":"${secret}"}\n`],
    ["blocks that dispatch nothing", `: ${secret}\n\n${created}${completed}event: text.stop\n\n`],
  ])("%s are gone", (_what, stream) => {
    const shrunk = shrinkStream(bytes(stream), { protocol: pokee, redactText: true });
    expect(text(shrunk)).not.toMatch(/Z|ü|rich/);
    expect(shrunk.kept).toEqual([]);
    expect(rulesOf(shrunk.bytes, pokee)).toContain(shrunk.finding.rule);
  });

  it.each([
    ["data in two lines", `event: text.delta\ndata: {"content":\ndata: "my name is ${secret} 4711"}\n\n`],
    ["data before the event", `data: {"content":"my name is ${secret} 4711"}\nevent: text.delta\n\n`],
    ["comments of a block without data", `event: text.${secret}\n: ${secret}\n\n`],
  ])("%s, which may not be written anew, has no content", (_what, fault) => {
    const stream = bytes(created + event("text.start", {}) + fault + event("text.stop", {}) + completed);
    const shrunk = shrinkStream(stream, { protocol: pokee, redactText: true });
    expect(text(shrunk)).not.toMatch(/Z|ü|rich|4711|my|name is/);
    expect(shrunk.kept).toEqual([]);
  });

  it("data around bytes that are no UTF-8 has no content", () => {
    const fault = Buffer.from(`event: text.delta\ndata: {"content":"${secret} \u{ff} 4711"}\n\n`, "latin1");
    const parts = [bytes(created + event("text.start", {})), fault, bytes(event("text.stop", {}) + completed)];
    const shrunk = shrinkStream(Buffer.concat(parts), { protocol: pokee, redactText: true });
    expect([shrunk.finding.rule, shrunk.kept]).toEqual(["sse/invalid-utf8", []]);
    expect(Buffer.from(shrunk.bytes).toString("latin1")).not.toMatch(/Z|rich|4711/);
  });

  it.each([
    ["numbers", { card: 4111111122223333, pin: 7 }, '{"card":4111|111122223333,"pin":8}'],
    ["keys, of which one has another value", { Züge: "Zürich" }, '{"Züge":"Zug"}'],
    ["escaped characters and emoji", { a: "東京💊", b: "Z" }, '{"a":"\\u6771\\u4eac💊","b":"Z|ug"}'],
  ])("%s in the input of a tool and in the text that it was streamed as are gone", (_what, input, joined) => {
    const shrunk = shrinkStream(bytes(created + tool(input, joined)), { protocol: pokee, redactText: true });
    expect([shrunk.finding.rule, shrunk.kept]).toEqual(["tool_use/input-differs", []]);
    expect(text(shrunk)).not.toMatch(/card|4111|3333|pin|Z|ü|東|京|6771|4eac|💊/);
  });

  it("words that the fault needs are told: the type of an event is no other event", () => {
    const stream = bytes(created + event(`ping.${secret}`, {}) + completed);
    const shrunk = shrinkStream(stream, { protocol: pokee, redactText: true });
    expect([shrunk.finding.rule, shrunk.kept]).toEqual(["event/unknown-type", ["ping", "Z", "ü", "rich"]]);
  });
});
