import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeMockEvent } from "../src/mock/answers.ts";
import { script } from "../src/mock/script.ts";
import { eventsOf, type PokeeEvent, textOf } from "./support/pokee.ts";
import { anyPrompt } from "./support/prompts.ts";

function answerTo(message: string): readonly PokeeEvent[] {
  let tools = 0;
  const events = script(message, { messageId: "m", sessionId: "s", toolId: () => `t${++tools}` });
  return eventsOf(Buffer.concat(events.map(encodeMockEvent)));
}

function typesOf(message: string): ReadonlySet<string | undefined> {
  return new Set(answerTo(message).map(({ type }) => type));
}

const PLAIN = ["message.created", "text.start", "text.delta", "text.stop", "message.completed"];
const THINKING = [...PLAIN, "thinking.start", "thinking.delta", "thinking.stop"];
const TOOLS = [
  ...PLAIN,
  "tool_use.start",
  "tool_use.input_delta",
  "tool_use.executing",
  "tool_use.stop",
  "tool_result",
];

describe("words of the message choose the answer", () => {
  test.each<[string, readonly string[]]>([
    ["Write a short poem about persistent storage.", PLAIN],
    ["Hello", PLAIN],
    ["Give me something LONG", PLAIN],
    ["Why is the sky blue?", THINKING],
    ["think!", THINKING],
    ["Use two tools", TOOLS],
    ["What is the weather in Zürich?", TOOLS],
    ["fail, please", ["message.created", "text.start", "text.delta", "message.error"]],
    ["a methinks and a rewritten footool choose nothing", PLAIN],
  ])("%s", (message, types) => {
    expect(typesOf(message)).toEqual(new Set(types));
  });

  test("a poem about persistent storage is one", () => {
    const text = textOf(answerTo("Write a short poem about persistent storage."));
    expect(text.split("\n\n")[0]?.split("\n")).toHaveLength(4);
    expect(text).toContain("disk");
    expect(textOf(answerTo("Write a poem about rivers"))).not.toContain("disk");
  });

  test("any other message is told what to try, and each of these works", () => {
    const help = textOf(answerTo("Hello"));
    const suggestions = [...help.matchAll(/"([^"]+)"/g)].map(([, suggestion]) => suggestion ?? "");
    expect(suggestions).toHaveLength(6);
    for (const suggestion of suggestions) expect(textOf(answerTo(suggestion))).not.toContain("I am a mock");
  });

  test("a long answer takes some time at a human pace", () => {
    expect(answerTo("count slowly").length).toBeGreaterThan(300);
  });
});

describe("an answer", () => {
  test("has its own ids and counts its tokens", () => {
    const events = answerTo("Hello");
    expect(events[0]?.data).toEqual({ id: "m", session_id: "s", status: "in_progress" });
    expect(events.at(-1)?.data).toEqual({
      id: "m",
      status: "completed",
      usage: { input_tokens: 2, output_tokens: Math.ceil(textOf(events).length / 4) },
    });
  });

  test("shows the prompt, shortened, on one line", () => {
    expect(textOf(answerTo("Hello\n  you"))).toContain("“Hello you”");
    const long = textOf(answerTo("😀".repeat(500)));
    expect(long).toContain(`“${"😀".repeat(80)}…”`);
  });

  test("streams the input of each tool as JSON that gives what it executes, and a result for each", () => {
    const events = answerTo("weather");
    const ids = events.flatMap(({ type, data }) => (type === "tool_use.start" ? [data.id] : []));
    expect(ids).toEqual(["t1", "t2"]);
    expect(events.flatMap(({ type, data }) => (type === "tool_result" ? [data.id] : []))).toEqual(ids);
    let json = "";
    let executed = 0;
    for (const { type, data } of events) {
      if (type === "tool_use.start") json = "";
      if (type === "tool_use.input_delta") json += String(data.content);
      if (type !== "tool_use.executing") continue;
      expect(JSON.parse(json)).toEqual(data.input);
      executed += 1;
    }
    expect(executed).toBe(2);
  });

  test("that fails breaks off in its text and says why", () => {
    expect(answerTo("fail").at(-1)).toEqual({
      type: "message.error",
      data: { id: "m", error: "the agent failed, as the message asked it to" },
    });
  });

  test("holds no character at which a client that splits lines too eagerly would break", () => {
    const events = script("unicode \u2028 \u2029 \u0085", { messageId: "m", sessionId: "s", toolId: () => "t" });
    const stream = Buffer.concat(events.map(encodeMockEvent)).toString();
    expect(stream).not.toMatch(/[\u0085\u2028\u2029]/);
    expect(textOf(eventsOf(stream))).toContain("[\u2028] [\u2029] [\u0085]");
  });

  test("never cuts a character in two, whatever it quotes", () => {
    fc.assert(
      fc.property(anyPrompt(), fc.constantFrom("", " tools", " why", " poem", " fail"), (prompt, words) => {
        const cut = answerTo(prompt + words).filter(
          ({ data: { content } }) => typeof content === "string" && !content.isWellFormed(),
        );
        expect(cut).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
