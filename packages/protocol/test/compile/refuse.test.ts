import { describe, expect, test } from "vitest";
import { ProtocolError } from "../../src/index.ts";
import { define } from "../monitor/streams.ts";

const stream = { open: "begin", close: "end" };

function refusal(build: () => unknown): unknown {
  try {
    build();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return `${error.pointer}: ${error.message}`;
  }
  return undefined;
}

describe("what the monitor cannot follow is refused, never ignored", () => {
  test.each([
    [
      "a parent below its child",
      { main: stream, x: { in: "y", open: "a" }, y: { in: "main", open: "b" } },
      "/scopes/x/in",
    ],
    ["a second stream", { main: stream, x: { open: "a" } }, "/scopes/x"],
    ["a child first", { x: { in: "main", open: "a" }, main: stream }, "/scopes/x/in"],
    ["exclusive without a key", { main: stream, x: { in: "main", open: "a", exclusive: true } }, "/scopes/x/exclusive"],
    ["numbered without a key", { main: stream, x: { in: "main", open: "a", numbered: {} } }, "/scopes/x/numbered"],
    [
      "numbered compound keys",
      { main: stream, x: { in: "main", open: "a", key: ["/a", "/b"], numbered: {} } },
      "/scopes/x/numbered",
    ],
    ["a key of the stream", { main: { ...stream, key: "/k" } }, "/scopes/main/key"],
    ["after in a child", { main: stream, x: { in: "main", open: "a", after: "b" } }, "/scopes/x/after"],
    ["a scope that never opens", { main: stream, x: { in: "main", close: "a" } }, "/scopes/x"],
    [
      "an event that opens two kinds",
      { main: stream, x: { in: "main", kinds: { y: { open: "a" }, z: { open: "a" } } } },
      "/scopes/x/kinds",
    ],
    [
      "an own event without a key",
      { main: stream, x: { in: "main", key: { a: "/k" }, open: "a", close: "b" } },
      "/scopes/x/key",
    ],
  ])("%s", (_, scopes, pointer) => {
    expect(refusal(() => define("begin end a b", scopes))).toMatch(new RegExp(`^${pointer}: .`));
  });

  test("parts that go round in a circle", () => {
    const events = { begin: { parts: { a: "/a" } }, a: { parts: { b: "/b" } }, b: { parts: { a: "/a" } } };
    expect(refusal(() => define("end", { main: stream }, { events }))).toBe('/events/a/parts: "a" is a part of itself');
  });
});
