import { describe, expect, test } from "vitest";
import { builtinProtocol, createStreamCheck, type Protocol, type StreamResult } from "../../src/index.ts";
import { completed, created, text, tool } from "./pokee-stream.ts";
import { check, define, ev, found, pokee, type Sent } from "./streams.ts";

/*
 * Streams that are made to hurt: each is judged, none crashes the monitor, and what it makes it keep is bounded.
 */

const LEVELS = 100_000;
const deepList = (core: string): string => "[".repeat(LEVELS) + core + "]".repeat(LEVELS);
const deepObject = (core: string): string => '{"a":'.repeat(LEVELS) + core + "}".repeat(LEVELS);

/** A tool whose input is spelled by deltas and then said at one go. */
function used(spelled: string, said: string): readonly Sent[] {
  const pieces = spelled.match(/.{1,4000}/gsu) ?? [];
  return [
    created,
    tool.start("t1"),
    ...pieces.map((piece) => tool.input(piece)),
    { type: "tool_use.executing", data: `{"id":"t1","name":"search","input":${said}}` },
    tool.stop,
    tool.result("t1"),
    completed,
  ];
}

const rulesOf = ({ findings }: StreamResult): readonly string[] => findings.map(({ rule }) => rule);

describe("JSON nested 100,000 deep", () => {
  test.each([
    [
      "in a delta",
      [created, text.start, { type: "text.delta", data: `{"content":${deepList("1")}}` }, text.stop, completed],
      "event/payload",
    ],
    [
      "instead of a payload",
      [created, { type: "text.start", data: deepList("1") }, text.stop, completed],
      "event/payload",
    ],
    [
      "that ends in the middle",
      [created, { type: "text.start", data: "[".repeat(LEVELS) }, text.stop, completed],
      "event/not-json",
    ],
  ] as const)("%s is one finding", (_, events, rule) => {
    expect(rulesOf(check(pokee, events))).toEqual([rule]);
  });

  test("is compared with what its parts spell", () => {
    expect(found(pokee, used(deepObject("1"), deepObject("1")))).toEqual([]);
    expect(found(pokee, used(deepList("1"), deepList("1")))).toEqual([]);
    const { findings } = check(pokee, used(deepObject("1"), deepObject("2")));
    expect(findings.map(({ rule }) => rule)).toEqual(["tool_use/input-differs"]);
    expect(findings[0]?.message.length).toBeLessThan(250);
    // Too deep to look at digits: judged by what doubles tell.
    expect(found(pokee, used(deepList("9007199254740993"), deepList("9007199254740992")))).toEqual([]);
  });

  test("is content like any other where anything may come", () => {
    const result: Sent = { type: "tool_result", data: `{"id":"a","content":${deepObject("1")},"is_error":false}` };
    expect(found(pokee, [created, tool.start(), tool.executing(), tool.stop, result, completed])).toEqual([]);
  });
});

describe("a key `__proto__`", () => {
  test("in a payload is a property like any other", () => {
    const strange: Sent = { type: "text.delta", data: '{"__proto__":{"content":"x"}}' };
    expect(found(pokee, [created, text.start, strange, text.stop, completed])).toEqual(["event/payload@3"]);
  });

  test("as an id names one tool", () => {
    const call = [tool.start("__proto__"), tool.executing("__proto__"), tool.stop, tool.result("__proto__")];
    expect(found(pokee, [created, ...call, completed])).toEqual([]);
    expect(found(pokee, [created, ...call, ...call, completed])).toEqual(["tool_call/reopened@6"]);
  });

  test("as a type, with its like, is unknown", () => {
    const types = ["__proto__", "constructor", "toString"].map((type): Sent => ({ type, data: "{}" }));
    expect(rulesOf(check(pokee, [created, ...types, completed]))).toEqual(types.map(() => "event/unknown-type"));
  });

  test("in a joined value is compared", () => {
    expect(found(pokee, used('{"__proto__":{"a":1}}', '{"__proto__":{"a":1}}'))).toEqual([]);
    expect(found(pokee, used('{"__proto__":{"a":1}}', '{"__proto__":{"a":2}}'))).toEqual(["tool_use/input-differs@4"]);
    expect(found(pokee, used('{"__proto__":{"a":1}}', "{}"))).toEqual(["tool_use/input-differs@4"]);
  });

  test("in a constant is compared", () => {
    const protocol = define("a z", { s: { open: "a", close: "z", constant: { meta: "/meta" } } });
    const events = (last: string): readonly Sent[] => [
      { data: '{"t":"a","meta":{"__proto__":1}}' },
      { data: `{"t":"z","meta":${last}}` },
    ];
    expect(found(protocol, events('{"__proto__":1}'))).toEqual([]);
    expect(found(protocol, events('{"__proto__":2}'))).toEqual(["s/meta-changed@2"]);
    expect(found(protocol, events("{}"))).toEqual(["s/meta-changed@2"]);
  });
});

describe("numbers beyond 2^53", () => {
  test.each([
    ["9007199254740993", "9007199254740993"],
    ["9007199254740993", "9007199254740993.0"],
    ["10000000000000000000000", "1e22"],
    ["123456789012345678900", "12345678901234567.89E4"],
    ["-9007199254740993", "-9007199254740993"],
    ["0.1", "0.1000000000000000055511151231257827"],
    ["1.0", "1"],
    ["-0", "0"],
    ["0e99", "0"],
    [`1${"0".repeat(20_000)}1`, `1${"0".repeat(20_000)}1`],
  ])("%.30s is %.30s: how a number is spelled does not matter", (spelled, said) => {
    expect(found(pokee, used(`{"n":${spelled}}`, `{"n":${said}}`))).toEqual([]);
  });

  test.each([
    ["9007199254740993", "9007199254740992"],
    ["123456789012345678901", "123456789012345678900"],
    ["1e998", "1e999"],
  ])("%s is not %s, though they are one double", (spelled, said) => {
    const { findings } = check(pokee, used(`{"n":[${spelled}]}`, `{"n":[${said}]}`));
    expect(findings.map(({ rule, path }) => [rule, path])).toEqual([["tool_use/input-differs", "/input/n/0"]]);
    expect(findings[0]?.message).toContain(`is ${said}, but its parts joined say ${spelled}`);
  });

  test("count on where doubles cannot tell them apart", () => {
    const protocol = define("a n z", {
      s: { open: "a", inner: { n: "any" }, close: "z", counters: { seq: { of: "/seq" } } },
    });
    const at = (t: string, seq: string): Sent => ({ data: `{"t":"${t}","seq":${seq}}` });
    const numbers = [
      "9007199254740990",
      "9007199254740991",
      "9007199254740992",
      "9007199254740993",
      "9007199254740994",
    ];
    const counted = numbers.map((seq) => at("n", seq));
    expect(found(protocol, [at("a", "9007199254740989"), ...counted, at("z", "9007199254740995")])).toEqual([]);
    expect(found(protocol, [at("a", "1"), at("z", "9007199254740995")])).toEqual(["s/seq-jumps@2"]);
  });
});

test("of a key that comes twice the last counts, as for every reader of JavaScript", () => {
  expect(found(pokee, used('{"n":1,"n":2}', '{"n":2}'))).toEqual([]);
  const twice: Sent = {
    type: "message.created",
    data: '{"id":"x","id":"msg_1","session_id":"s","status":"in_progress"}',
  };
  expect(found(pokee, [twice, completed])).toEqual([]);
});

describe("too much of something", () => {
  const opening = (id: number): string => `data: {"t":"open","id":${id}}\n\n`;
  const calls = define("begin end open close", {
    stream: { open: "begin", close: "end" },
    call: { in: "stream", key: "/id", reuse: false, open: "open", close: "close" },
  });

  test("1,000,000 open ids: the oldest are forgotten, it is said once, and findings are capped", () => {
    const result = pushAll(calls, manyOpenings(1_000_000, opening));
    expect(result).toMatchObject({ verdict: "invalid", events: 1_000_002 });
    expect(rulesOf(result).filter((rule) => rule === "stream/forgotten")).toHaveLength(1);
    expect(result.findings).toHaveLength(1_000);
    // All that are still known, with the stream 50,000, are unclosed.
    expect(result.heldBack).toBe(49_000);
  }, 60_000);

  test("ids of 10 MB are compared, shown by their beginnings, and remembered", () => {
    const [one, other] = ["x".repeat(10_000_000), "y".repeat(10_000_000)];
    const result = check(pokee, [created, tool.start(one), tool.executing(other), tool.stop, completed]);
    expect(rulesOf(result)).toContain("tool_use/id-changed");
    for (const { message } of result.findings) expect(message.length).toBeLessThan(300);
    const closed = [one, other].flatMap((id) => [ev("open", { id }), ev("close", { id })]);
    // Long keys are remembered by their beginning, length and hash, so that all of them are.
    expect(rulesOf(check(calls, [ev("begin"), ...closed, ev("end")]))).toEqual([]);
  });

  test("1,000,000 parts in one event are judged each", () => {
    const parts = define(
      "begin end part list",
      {
        stream: {
          open: "begin",
          inner: { part: "any", list: "any" },
          close: "end",
          counters: { n: { of: { part: "/n" } } },
        },
      },
      { events: { list: { parts: { part: "/parts" } } } },
    );
    const list = (last: number): Sent => {
      const numbers = Array.from({ length: 1_000_000 }, (_, n) => `{"n":${n === 999_999 ? last : n}}`);
      return { data: `{"t":"list","parts":[${numbers.join(",")}]}` };
    };
    expect(found(parts, [ev("begin"), list(999_999), ev("end")])).toEqual([]);
    expect(found(parts, [ev("begin"), list(7), ev("end")])).toEqual(["stream/n-jumps@2"]);
  }, 60_000);

  test("1,000,000 choices of one real event are more than are remembered", () => {
    const chat = builtinProtocol("openai-chat");
    if (chat === undefined) throw new Error("openai-chat is built in");
    const choices = Array.from({ length: 1_000_000 }, () => '{"index":0}').join(",");
    const result = pushAll(chat, [`data: {"id":"c","choices":[${choices}]}\n\n`, "data: [DONE]\n\n"]);
    expect(result.verdict).toBe("invalid");
    expect(rulesOf(result)[0]).toBe("event/payload");
  }, 60_000);
});

function* manyOpenings(count: number, opening: (id: number) => string): Generator<string> {
  yield 'data: {"t":"begin"}\n\n';
  for (let id = 0; id < count; id += 1_000) {
    yield Array.from({ length: 1_000 }, (_, index) => opening(id + index)).join("");
  }
  yield 'data: {"t":"end"}\n\n';
}

function pushAll(protocol: Protocol, pieces: Iterable<string>): StreamResult {
  const stream = createStreamCheck({ protocol });
  const encoder = new TextEncoder();
  for (const piece of pieces) stream.push(encoder.encode(piece));
  return stream.end();
}
