import { describe, expect, test } from "vitest";
import { completed, created, failed, text, thinking, tool, used } from "./pokee-stream.ts";
import { check, found, line, pokee, type Sent } from "./streams.ts";

const said = [text.start, text.delta(), text.stop];

/** What is wrong with an answer that has these events between its first and its last. */
function inside(...events: readonly Sent[]): readonly string[] {
  return found(pokee, [created, ...events, completed]);
}

describe("valid answers", () => {
  test.each([
    ["nothing but begin and end", [created, completed]],
    ["an empty block", [created, text.start, text.stop, completed]],
    ["an error in the middle of a block", [created, text.start, text.delta(), failed]],
    ["an error with a tool that was executed", [created, ...used("a"), failed]],
    ["a tool that was not executed by its end is only a warning", [created, tool.start(), failed]],
    ["a result within a text block", [created, ...used("a"), text.start, tool.result("a"), text.stop, completed]],
    [
      "results in another order than the calls",
      [created, ...used("a"), ...used("b"), tool.result("b"), tool.result("a"), completed],
    ],
    [
      "an input without deltas",
      [created, tool.start(), tool.executing("a", { q: 1 }), tool.stop, tool.result(), completed],
    ],
    [
      "an input whose deltas are empty",
      [created, tool.start(), tool.input(""), tool.executing("a", 7), tool.stop, tool.result(), completed],
    ],
    ["properties that nobody knows", [created, line("text.start", { index: 3 }), text.stop, completed]],
  ])("%s", (_, events) => {
    expect(check(pokee, events)).toMatchObject({ verdict: "valid", findings: [], heldBack: 0 });
  });
});

describe("begin and end", () => {
  test("something before message.created", () => {
    expect(found(pokee, [text.start, text.stop, completed])).toEqual(["message/not-open@1"]);
    expect(found(pokee, [text.start, created, text.stop, completed])).toEqual(["message/not-open@1"]);
  });

  test("an unknown event before message.created is before it all the same", () => {
    expect(found(pokee, [line("x.hello"), created, completed])).toEqual(["event/unknown-type@1", "message/not-open@1"]);
  });

  test("message.created twice", () => {
    expect(inside(text.start, created, text.delta(), text.stop)).toEqual(["message/already-open@3"]);
  });

  test("anything after the end is reported once", () => {
    expect(found(pokee, [created, completed, ...said])).toEqual(["message/closed@3"]);
    expect(found(pokee, [created, failed, completed])).toEqual(["message/closed@3"]);
    expect(found(pokee, [created, completed, { data: "not JSON" }])).toEqual(["message/closed@3"]);
    expect(check(pokee, [created, completed, ...said]).heldBack).toBe(2);
  });

  test("the terminal event has another id", () => {
    const other = line("message.completed", { id: "msg_2", status: "completed", usage: {} });
    const { findings } = check(pokee, [created, other]);
    expect(findings).toMatchObject([
      { rule: "message/id-changed", path: "/id", event: { number: 2 }, related: [{ event: { number: 1 } }] },
    ]);
    expect(findings[0]?.message).toBe('id is "msg_2", but it was "msg_1". It must not change within a message.');
  });

  test("a stream that just stops names what is open", () => {
    const { verdict, findings } = check(pokee, [created, ...used("a"), text.start]);
    expect(verdict).toBe("truncated");
    expect(findings).toHaveLength(1);
    expect(findings[0]).not.toHaveProperty("event");
    expect(findings[0]?.message).toContain(
      'before `message.completed`; still open: the text of event 7, the tool_call "a" of event 2',
    );
  });

  test("a stream without events", () => {
    expect(check(pokee, [])).toMatchObject({
      verdict: "truncated",
      events: 0,
      findings: [{ rule: "stream/truncated" }],
    });
  });
});

describe("content blocks", () => {
  test("an inner event or a stop without its start", () => {
    expect(inside(text.delta())).toEqual(["block/not-open@2"]);
    expect(inside(thinking.stop)).toEqual(["block/not-open@2"]);
    expect(inside(tool.stop)).toEqual(["block/not-open@2"]);
  });

  test("a block that opens while another is open names both places", () => {
    const { findings } = check(pokee, [created, text.start, thinking.start, thinking.stop, text.stop, completed]);
    expect(findings).toMatchObject([
      { rule: "block/already-open", event: { number: 3, type: "thinking.start" }, location: { line: 8, column: 7 } },
    ]);
    expect(findings[0]?.related).toMatchObject([
      { message: "text opened here", event: { number: 2, type: "text.start" }, location: { line: 5, column: 7 } },
    ]);
  });

  test("a delta of another kind", () => {
    expect(inside(text.start, thinking.delta(), text.stop)).toEqual(["block/wrong-kind@3"]);
    expect(inside(text.start, thinking.stop, text.stop)).toEqual(["block/wrong-kind@3"]);
  });

  test("a block that is never closed", () => {
    const { findings } = check(pokee, [created, text.start, completed]);
    expect(findings).toMatchObject([
      { rule: "block/unclosed", event: { number: 3 }, related: [{ event: { number: 2 } }] },
    ]);
    expect(findings[0]?.message).toBe(
      "`message.completed` while the text of event 2 is still open. Send `text.stop` first.",
    );
  });
});

describe("tools", () => {
  const result = tool.result();

  test("executing twice, and a delta after it", () => {
    expect(inside(tool.start(), tool.executing(), tool.executing(), tool.stop, result)).toEqual([
      "tool_use/repeated@4",
    ]);
    expect(inside(tool.start(), tool.executing(), tool.input("x"), tool.stop, result)).toEqual([
      "tool_use/out-of-order@4",
    ]);
  });

  test("a tool that was never executed is a warning", () => {
    expect(check(pokee, [created, tool.start(), tool.stop, completed])).toMatchObject({
      verdict: "valid",
      findings: [{ rule: "tool_use/missing", severity: "warning", event: { number: 3 } }],
    });
  });

  test("executing under another id or name", () => {
    expect(inside(tool.start("a"), tool.executing("b"), tool.stop, tool.result("a"))).toEqual([
      "tool_use/id-changed@3",
    ]);
    expect(inside(tool.start("a"), tool.executing("a", 1, "grep"), tool.stop, tool.result("a"))).toEqual([
      "tool_use/name-changed@3",
    ]);
  });

  test("an input that is not what its deltas spell says where", () => {
    const { findings } = check(pokee, [
      created,
      tool.start(),
      tool.input('{"near":{"city":"Paris"}}'),
      tool.executing("a", { near: { city: "Rome" } }),
      tool.stop,
      result,
      completed,
    ]);
    expect(findings).toMatchObject([{ rule: "tool_use/input-differs", path: "/input/near/city" }]);
    expect(findings[0]?.message).toContain('input at /near/city is "Rome", but its parts joined say "Paris"');
  });

  test("order of keys and spelling of numbers do not matter", () => {
    const spelled = tool.input('{ "b": 1.50e1, "a": [0.0, -0] }');
    expect(inside(tool.start(), spelled, tool.executing("a", { a: [0, 0], b: 15 }), tool.stop, result)).toEqual([]);
  });

  test("deltas that spell no JSON", () => {
    expect(inside(tool.start(), tool.input('{"q":'), tool.executing(), tool.stop, result)).toEqual([
      "tool_use/input-not-json@4",
    ]);
  });

  test("an id is used by one tool only", () => {
    expect(inside(...used("a"), result, ...used("a"), result)).toEqual(["tool_call/reopened@8"]);
    expect(inside(...used("a"), ...used("a"), result)).toEqual(["tool_call/already-open@7"]);
  });

  test("a result for no tool, for a tool that was not executed, and a second result", () => {
    expect(inside(tool.result("z"))).toEqual(["tool_call/not-open@2"]);
    expect(inside(tool.start(), result, tool.stop)).toEqual(["tool_call/missing@3", "tool_use/missing@4"]);
    expect(inside(...used("a"), result, result)).toEqual(["tool_call/closed@8"]);
  });

  test("a tool without a result", () => {
    expect(inside(...used("a"))).toEqual(["tool_call/unclosed@7"]);
    expect(inside(...used("a"), ...used("b"), tool.result("a"))).toEqual(["tool_call/unclosed@13"]);
  });

  test("everything that is left open is reported", () => {
    expect(inside(...used("a"), ...used("b"), text.start)).toEqual([
      "block/unclosed@13",
      "tool_call/unclosed@13",
      "tool_call/unclosed@13",
    ]);
  });
});

describe("single events", () => {
  test("no event line", () => {
    expect(inside({ data: '{"content":"x"}' })).toEqual(["event/no-type@2"]);
  });

  test("data that is not JSON still moves the block", () => {
    expect(inside({ type: "text.start", data: "{" }, text.delta(), text.stop)).toEqual(["event/not-json@2"]);
    expect(inside(text.start, { type: "text.stop", data: "" })).toEqual(["event/not-json@3"]);
  });

  test("a payload that breaks its schema", () => {
    const { findings } = check(pokee, [created, text.start, line("text.delta", { content: 7 }), text.stop, completed]);
    expect(findings).toMatchObject([
      { rule: "event/payload", path: "/content", event: { number: 3, type: "text.delta" } },
    ]);
    expect(findings[0]?.message).toBe("`text.delta`: /content must be a string, got 7.");
  });

  test("an unknown type", () => {
    expect(check(pokee, [created, line("text.begin"), completed])).toMatchObject({
      verdict: "valid",
      findings: [{ rule: "event/unknown-type", severity: "warning", event: { type: "text.begin" } }],
    });
  });
});
