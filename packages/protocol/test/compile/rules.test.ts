import { describe, expect, test } from "vitest";
import { deriveRules } from "../../src/rules.ts";
import { define, pokee } from "../monitor/streams.ts";

const own = (rules: readonly { id: string }[]): readonly string[] =>
  rules.map(({ id }) => id).filter((id) => !/^(sse|http|timing|event|stream)\//.test(id));

describe("rules", () => {
  test("of Pokee, in the order of the file", () => {
    expect(own(pokee.rules)).toEqual([
      "message/not-open",
      "message/already-open",
      "message/closed",
      "message/id-changed",
      "block/not-open",
      "block/already-open",
      "block/unclosed",
      "block/wrong-kind",
      "tool_use/missing",
      "tool_use/repeated",
      "tool_use/out-of-order",
      "tool_use/id-changed",
      "tool_use/name-changed",
      "tool_use/input-differs",
      "tool_use/input-not-json",
      "tool_call/not-open",
      "tool_call/already-open",
      "tool_call/reopened",
      "tool_call/closed",
      "tool_call/unclosed",
      "tool_call/missing",
    ]);
  });

  test("the file sets severities and quotes the source", () => {
    const { definition } = pokee;
    const rules = deriveRules({
      ...definition,
      rules: { "block/unclosed": { severity: "warning", source: "should close" }, "sse/id": "error" },
    });
    expect(rules.find(({ id }) => id === "block/unclosed")).toMatchObject({
      severity: "warning",
      source: "should close",
    });
    expect(rules.find(({ id }) => id === "sse/id")?.severity).toBe("error");
    expect(rules.find(({ id }) => id === "tool_use/missing")?.severity).toBe("error");
  });

  test("ids are unique, and every rule has a title", () => {
    expect(new Set(pokee.rules.map(({ id }) => id)).size).toBe(pokee.rules.length);
    for (const { title } of pokee.rules) expect(title).toMatch(/^[A-Za-z`].+[^.]$/);
  });
});

describe("a rule exists only where its construct can be broken", () => {
  const stream = { open: "begin", close: "end" };
  const of = (scope: Readonly<Record<string, unknown>>): readonly string[] =>
    own(define("begin end a b c", { main: stream, x: { in: "main", open: "a", ...scope } }).rules)
      .filter((id) => id.startsWith("x/"))
      .map((id) => id.slice(2));

  test("a scope that only opens can only be opened twice", () => {
    expect(of({})).toEqual(["already-open"]);
  });

  test("with a closing event", () => {
    expect(of({ close: "b" })).toEqual(["not-open", "already-open", "unclosed"]);
    expect(of({ close: "b", mustClose: false })).toEqual(["not-open", "already-open"]);
    expect(of({ close: "b", key: "/k", reuse: false })).toEqual([
      "not-open",
      "already-open",
      "reopened",
      "closed",
      "unclosed",
    ]);
  });

  test("nothing is opened twice if every opening event may go on", () => {
    expect(of({ inner: { a: "any" } })).toEqual([]);
    expect(of({ inner: { a: "any" }, close: "b" })).toEqual(["not-open", "unclosed"]);
    expect(of({ close: "a" })).toEqual(["unclosed"]);
  });

  test("steps, and what they ask", () => {
    expect(of({ inner: { b: "any" } })).toEqual(["not-open", "already-open"]);
    expect(of({ inner: { b: "optional" } })).toContain("repeated");
    expect(of({ inner: { b: "some" } })).toContain("missing");
    expect(of({ inner: [{ b: "any" }, { c: "any" }] })).toContain("out-of-order");
  });

  test("kinds can be mixed only if they have different events", () => {
    expect(of({ close: "b", kinds: { one: { open: "c" } } })).not.toContain("wrong-kind");
    expect(of({ kinds: { one: { open: "c", inner: { b: "any" } } } })).toContain("wrong-kind");
  });

  test("the stream's scope is closed if it can end and not begin again", () => {
    expect(own(define("begin end", { main: { open: "begin" } }).rules)).toEqual(["main/not-open", "main/already-open"]);
    expect(own(define("begin end", { main: stream }).rules)).toEqual([
      "main/not-open",
      "main/already-open",
      "main/closed",
    ]);
  });
});
