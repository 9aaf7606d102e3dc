import { describe, expect, test } from "vitest";
import { completed, created, text, thinking, tool, used } from "./pokee-stream.ts";
import { check, define, ev, found, line, pokee, type Sent, withRules } from "./streams.ts";

/*
 * Two faults each: the second must be found, or be held back, as the recovery rules say.
 */

const broken: Sent = { data: '{"content":"no event line"}' };
const garbled: Sent = { data: "{" };

function inside(...events: readonly Sent[]): readonly string[] {
  return found(pokee, [created, ...events, completed]);
}

describe("an event has one error", () => {
  test("the scopes of a bad event move, but do not report", () => {
    const bad = line("tool_use.executing", { id: "z", name: 3, input: 1 });
    const result = check(pokee, [created, bad, tool.stop, tool.result("z"), completed]);
    expect(result.findings.map(({ rule }) => rule)).toEqual(["event/payload"]);
    expect(result.heldBack).toBeGreaterThan(0);
  });

  test("but everything that is left open is reported, even at a bad event", () => {
    const bad = line("message.completed", { id: "msg_1", status: "completed" });
    expect(found(pokee, [created, ...used("a"), text.start, bad])).toEqual([
      "event/payload@8",
      "block/unclosed@8",
      "tool_call/unclosed@8",
    ]);
  });
});

describe("an orphan", () => {
  test("opens a phantom, of which nothing is asked", () => {
    expect(inside(text.delta(), text.delta(), text.stop)).toEqual(["block/not-open@2"]);
    expect(inside(tool.input("{"), tool.executing("a"), tool.stop, tool.result("a"))).toEqual(["block/not-open@2"]);
  });

  test("a real opening ends the phantom, and closing is asked again", () => {
    expect(inside(text.delta(), text.start)).toEqual(["block/not-open@2", "block/unclosed@4"]);
  });

  test("excuses one orphan of what its missing opening would have opened, not two", () => {
    expect(inside(tool.input("1"), tool.executing("a"), tool.stop, tool.result("a"), tool.result("b"))).toEqual([
      "block/not-open@2",
      "tool_call/not-open@6",
    ]);
  });

  test("a closing one excuses one instance that stays open, not two", () => {
    expect(inside(...used("a"), tool.result("z"))).toEqual(["tool_call/not-open@7"]);
    expect(inside(...used("a"), ...used("b"), tool.result("z"))).toEqual([
      "tool_call/not-open@12",
      "tool_call/unclosed@13",
    ]);
  });
});

describe("a begin that comes late", () => {
  test("what was opened before it is not judged, what is opened after it is", () => {
    expect(found(pokee, [text.start, created, thinking.start, thinking.stop, completed])).toEqual([
      "message/not-open@1",
    ]);
    expect(found(pokee, [text.start, created, thinking.start, completed])).toEqual([
      "message/not-open@1",
      "block/unclosed@4",
    ]);
  });
});

describe("an opening event that should not be", () => {
  const both = define(
    "begin end stop result",
    {
      stream: { open: "begin", close: "end" },
      block: { in: "stream", open: "start", close: "stop" },
      call: { in: "stream", key: "/id", open: "start", close: "result" },
    },
    { events: { start: { schema: { required: ["id"] } } } },
  );
  const start = (id: number): Sent => ev("start", { id });
  const result = (id: number): Sent => ev("result", { id });

  test("need not be closed in any scope that it opened", () => {
    expect(found(both, [ev("begin"), start(1), start(2), result(1), ev("stop"), ev("end")])).toEqual([
      "block/already-open@3",
    ]);
    expect(found(both, [ev("begin"), start(2), start(1), result(1), ev("stop"), ev("end")])).toEqual([
      "block/already-open@3",
    ]);
  });

  test("others must be", () => {
    expect(
      found(both, [ev("begin"), start(3), ev("stop"), start(1), start(2), result(1), ev("stop"), ev("end")]),
    ).toEqual(["block/already-open@5", "call/unclosed@8"]);
  });
});

describe("two blocks at once", () => {
  test("both go on and neither is judged", () => {
    expect(inside(text.start, thinking.start, text.delta(), thinking.stop, text.stop)).toEqual([
      "block/already-open@3",
    ]);
    expect(inside(text.start, text.start)).toEqual(["block/already-open@3"]);
  });

  test("the next block is judged again", () => {
    expect(inside(text.start, text.start, text.stop, text.stop, thinking.start)).toEqual([
      "block/already-open@3",
      "block/unclosed@7",
    ]);
  });
});

describe("the next legal start", () => {
  const misplaced = [text.start, thinking.delta(), text.stop];
  const nested = [text.start, thinking.start, thinking.stop];

  test("ends what was held back: the same fault in the next block is found again", () => {
    expect(inside(...misplaced, ...misplaced)).toEqual(["block/wrong-kind@3", "block/wrong-kind@6"]);
    expect(inside(...nested, text.start, text.stop, thinking.stop)).toEqual([
      "block/already-open@3",
      "block/not-open@7",
    ]);
    expect(inside(...nested, text.start, text.stop, text.delta())).toEqual([
      "block/already-open@3",
      "block/not-open@7",
    ]);
  });

  test("has not come while a block may still be open", () => {
    expect(inside(...misplaced, thinking.delta())).toEqual(["block/wrong-kind@3"]);
    expect(inside(...nested, text.delta(), thinking.start, thinking.stop, text.stop)).toEqual(["block/already-open@3"]);
  });

  test("and a block that goes on after all is open", () => {
    const again = [text.delta(), thinking.start, thinking.stop];
    expect(inside(...nested, ...again, text.delta(), text.stop)).toEqual(["block/already-open@3"]);
  });

  test("opens a block of its own, which is judged, and leaves nothing to be held back", () => {
    const misplacedInput = [text.start, tool.input("1"), text.stop];
    expect(
      inside(...misplacedInput, tool.start("a"), tool.input("{"), tool.executing("a"), tool.stop, tool.result("a")),
    ).toEqual(["block/wrong-kind@3", "tool_use/input-not-json@7"]);
    expect(check(pokee, [created, ...nested, text.start, text.stop, completed]).heldBack).toBe(0);
  });

  test("lets the closing of the block before come late", () => {
    expect(inside(...nested, thinking.start, thinking.stop, text.stop)).toEqual(["block/already-open@3"]);
  });
});

describe("a wrong id", () => {
  test("is read as the right one elsewhere, and remembered", () => {
    expect(inside(tool.start("a"), tool.executing("z"), tool.stop, tool.result("a"))).toEqual([
      "tool_use/id-changed@3",
    ]);
    expect(inside(tool.start("z"), tool.executing("a"), tool.stop, tool.result("a"))).toEqual([
      "tool_use/id-changed@3",
    ]);
  });

  test("another call's missing result is still found", () => {
    expect(inside(...used("b"), tool.start("a"), tool.executing("z"), tool.stop, tool.result("a"))).toEqual([
      "tool_use/id-changed@8",
      "tool_call/unclosed@11",
    ]);
  });

  test("a warning corrects nothing", () => {
    const lax = withRules(pokee, { "tool_use/id-changed": "warning" });
    const events = [created, tool.start("a"), tool.executing("z"), tool.stop, tool.result("z"), completed];
    expect(found(lax, events)).toEqual(["tool_use/id-changed@3", "tool_call/not-open@3"]);
  });
});

describe("a lost event", () => {
  test.each([
    ["an opening", [broken, text.delta(), text.stop]],
    ["a closing", [text.start, broken, thinking.start, thinking.stop]],
    ["a part of an input", [tool.start(), tool.input('{"q"'), broken, tool.executing(), tool.stop, tool.result()]],
    ["the executing event", [tool.start(), broken, tool.stop, tool.result()]],
    ["a result", [...used("a"), broken]],
  ])("may have been %s", (_, events) => {
    expect(inside(...events)).toEqual([`event/no-type@${events.indexOf(broken) + 2}`]);
  });

  test("excuses one of each, not two", () => {
    expect(inside(broken, text.delta(), text.stop, thinking.delta())).toEqual(["event/no-type@2", "block/not-open@5"]);
    expect(inside(broken, ...used("a"), ...used("b"))).toEqual(["event/no-type@2", "tool_call/unclosed@13"]);
  });

  test("garbage instead of the first event is one error", () => {
    expect(found(pokee, [garbled, text.start, text.stop, completed])).toEqual(["event/not-json@1"]);
  });

  test("excuses nothing if it is only a warning", () => {
    const lax = withRules(pokee, { "event/no-type": "warning" });
    expect(found(lax, [created, broken, text.delta(), text.stop, completed])).toEqual([
      "event/no-type@2",
      "block/not-open@3",
    ]);
  });

  test("unknown types excuse nothing", () => {
    expect(inside(line("text.begin"), text.delta(), text.stop)).toEqual(["event/unknown-type@2", "block/not-open@3"]);
  });
});

describe("a closing that comes too early", () => {
  const call = define("begin end open go close", {
    stream: { open: "begin", close: "end" },
    call: { in: "stream", key: "/id", reuse: false, open: "open", inner: { go: "once" }, close: "close" },
  });
  const [begin, end] = [ev("begin"), ev("end")];
  const [open, go, close] = [ev("open", { id: 1 }), ev("go", { id: 1 }), ev("close", { id: 1 })];

  test("leaves what it missed, and the right closing, without an error", () => {
    expect(found(call, [begin, open, close, go, end])).toEqual(["call/missing@3"]);
    expect(found(call, [begin, open, close, go, close, end])).toEqual(["call/missing@3"]);
  });

  test("a second closing too many is an error again, and so is the key used again", () => {
    expect(found(call, [begin, open, close, go, close, close, end])).toEqual(["call/missing@3", "call/closed@6"]);
    expect(found(call, [begin, open, close, open, go, close, end])).toEqual(["call/missing@3", "call/reopened@4"]);
  });

  test("of the whole stream: what comes after it is held back", () => {
    expect(check(call, [begin, open, end, go, close, end])).toMatchObject({
      findings: [{ rule: "call/unclosed", event: { number: 3 } }],
      heldBack: 3,
    });
  });
});

describe("a key that cannot be read", () => {
  const files = define("begin end open go close", {
    stream: { open: "begin", close: "end" },
    file: { in: "stream", key: "/id", numbered: { from: 1 }, open: "open", inner: { go: "any" }, close: "close" },
  });
  const at = (type: string, id: unknown): Sent => ev(type, { id });

  test("of an opening: one orphan and one jump are excused", () => {
    expect(
      found(files, [ev("begin"), ev("open"), at("go", 1), at("close", 1), at("open", 2), at("close", 2), ev("end")]),
    ).toEqual(["event/payload@2"]);
  });

  test("of a closing: what it may have closed is not judged, what is opened later is", () => {
    expect(found(files, [ev("begin"), at("open", 1), at("close", null), ev("end")])).toEqual(["event/payload@3"]);
    expect(found(files, [ev("begin"), at("open", 1), at("close", [1]), at("open", 2), ev("end")])).toEqual([
      "event/payload@3",
      "file/unclosed@5",
    ]);
  });
});
