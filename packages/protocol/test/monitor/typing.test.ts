import { describe, expect, test } from "vitest";
import type { Protocol } from "../../src/index.ts";
import { check, compile, define, ev, found, line, type Sent } from "./streams.ts";

const scopes = { stream: { open: "begin", close: "end" } };

describe("where the type is", () => {
  const mixed = compile({
    protocol: "mixed",
    version: "1",
    type: ["event", "/meta/type", { has: "/error", is: "failure" }, { is: "other" }],
    events: { begin: {}, end: {}, failure: {}, other: {} },
    scopes: { stream: { open: "begin", inner: { failure: "once", other: "any" }, close: "end" } },
  });

  test("candidates are tried in order", () => {
    const events: readonly Sent[] = [
      line("begin", { error: 1 }),
      { data: '{"meta":{"type":"failure"},"error":1}' },
      { data: "[]" },
      line("end"),
    ];
    expect(found(mixed, events)).toEqual([]);
    expect(found(mixed, [line("begin"), { data: '{"error":null}' }, { data: "7" }, line("end")])).toEqual([]);
    expect(found(mixed, [line("begin"), { data: '{"meta":{"type":7},"x":1}' }, line("end")])).toEqual([
      "stream/missing@3",
    ]);
  });

  test("with a candidate for everything else, no event is without a type", () => {
    expect(mixed.rules.map(({ id }) => id)).not.toContain("event/no-type");
  });

  test("the event line tells the type of data that cannot be read", () => {
    const inData = define("begin mid end", { stream: { ...scopes.stream, inner: { mid: "once" } } });
    expect(found(inData, [ev("begin"), { type: "mid", data: "{" }, ev("end")])).toEqual(["event/not-json@2"]);
    expect(found(inData, [ev("begin"), { type: "nobody", data: "{" }, ev("end")])).toEqual(["event/not-json@2"]);
    expect(found(inData, [ev("begin"), { data: '{"t":7}' }, ev("mid"), ev("end")])).toEqual(["event/no-type@2"]);
  });

  test("a property that objects have by birth is no type", () => {
    const odd = compile({
      protocol: "odd",
      version: "1",
      type: "/constructor/name",
      events: { begin: {}, end: {} },
      scopes,
    });
    expect(found(odd, [{ data: "{}" }])).toEqual(["event/no-type@1"]);
  });
});

describe("a literal", () => {
  const chat = define(
    "begin end",
    { stream: { open: "begin", inner: { begin: "any" }, close: "done" } },
    {
      events: { done: { literal: "[DONE]" } },
    },
  );

  test("is an event by its exact text, JSON or not", () => {
    expect(check(chat, [ev("begin"), { data: "[DONE]" }]).verdict).toBe("valid");
    expect(found(chat, [ev("begin"), { data: "[DONE] " }])).toEqual(["event/not-json@2"]);
    expect(found(chat, [{ data: "[DONE]" }])).toEqual(["stream/not-open@1"]);
  });

  test("under its name but with other data", () => {
    expect(found(chat, [ev("begin"), ev("done")])).toEqual(["event/payload@2"]);
  });
});

describe("the event line", () => {
  const named = (name: "same" | "required" | "none"): Protocol =>
    define("begin mid end", { stream: { ...scopes.stream, inner: { mid: "any" } } }, { name });
  const both = (type: string): Sent => ({ ...ev(type), type });

  test("same: if present, the type", () => {
    expect(found(named("same"), [ev("begin"), both("mid"), both("end")])).toEqual([]);
    expect(found(named("same"), [ev("begin"), { ...ev("mid"), type: "message" }, ev("end")])).toEqual(["event/name@2"]);
  });

  test("required: present", () => {
    expect(found(named("required"), [both("begin"), both("end")])).toEqual([]);
    expect(found(named("required"), [both("begin"), ev("end")])).toEqual(["event/name@2"]);
  });

  test("required, but not of a sentinel, which has no type", () => {
    const ends = { done: { literal: "[DONE]" } };
    const withSentinel = define(
      "begin",
      { stream: { open: "begin", close: "done" } },
      { name: "required", events: ends },
    );
    expect(found(withSentinel, [both("begin"), { data: "[DONE]" }])).toEqual([]);
    expect(found(withSentinel, [both("begin"), { type: "done", data: "[DONE]" }])).toEqual([]);
    expect(found(withSentinel, [both("begin"), { type: "end", data: "[DONE]" }])).toEqual(["event/name@2"]);
  });

  test("none: absent", () => {
    expect(found(named("none"), [ev("begin"), ev("end")])).toEqual([]);
    expect(found(named("none"), [ev("begin"), both("end")])).toEqual(["event/name@2"]);
  });

  test("is reported once a stream, and mutes nothing", () => {
    expect(found(named("required"), [ev("mid"), ev("begin"), ev("begin"), ev("end")])).toEqual([
      "event/name@1",
      "stream/not-open@1",
      "stream/already-open@3",
    ]);
  });
});

describe("subtypes", () => {
  const shop = define(
    "begin end",
    {
      stream: { open: "begin", close: "end[paid]", abort: "end" },
      order: { in: "stream", key: "/id", open: "item", inner: { item: "any" }, close: "item[last]" },
    },
    {
      events: {
        end: { subtype: "/how" },
        item: {
          subtype: "/is/what",
          schema: { required: ["id"], properties: { is: { properties: { what: { type: "string" } } } } },
        },
        "item[last]": { schema: { required: ["total"] } },
      },
    },
  );

  test("decide what an event does, and which schemas it has", () => {
    const last = { id: 1, is: { what: "last" } };
    expect(
      found(shop, [ev("begin"), ev("item", { id: 1 }), ev("item", { ...last, total: 3 }), ev("end", { how: "paid" })]),
    ).toEqual([]);
    expect(found(shop, [ev("begin"), ev("item", { id: 1 }), ev("item", last), ev("end", { how: "paid" })])).toEqual([
      "event/payload@3",
    ]);
    expect(found(shop, [ev("begin"), ev("item", { id: 1 }), ev("end", { how: "paid" })])).toEqual(["order/unclosed@3"]);
    expect(found(shop, [ev("begin"), ev("item", { id: 1 }), ev("end", { how: "left" })])).toEqual([]);
  });

  test("numbers and booleans are subtypes by their text", () => {
    const numbers = define(
      "begin",
      { stream: { open: "begin", close: "end[7]" } },
      { events: { end: { subtype: "/n" } } },
    );
    expect(check(numbers, [ev("begin"), ev("end", { n: 7 })]).verdict).toBe("valid");
  });

  test("one that cannot be read, after an error, puts in doubt what it may have meant", () => {
    const events = (id: number): readonly Sent[] => [
      ev("begin"),
      ev("item", { id: 1 }),
      ev("item", { id: 2 }),
      ev("item", { id, is: { what: [] } }),
      ev("item", { id: 2, is: { what: "last" }, total: 1 }),
      ev("end", { how: "paid" }),
    ];
    expect(found(shop, events(1))).toEqual(["event/payload@4"]);
    expect(found(shop, events(2))).toEqual(["event/payload@4", "order/unclosed@6"]);
  });
});

describe("prefixes", () => {
  const tasks = define(
    "begin end",
    {
      stream: { open: "begin", close: "end", inner: { "task.*": "any", "task.start": "once" } },
    },
    { events: { "task.*": {} } },
  );

  test("name many types; the longer name wins", () => {
    expect(found(tasks, [ev("begin"), ev("task.a"), ev("task.start"), ev("task.b"), ev("end")])).toEqual([]);
    expect(found(tasks, [ev("begin"), ev("task.start"), ev("task.start"), ev("end")])).toEqual(["stream/repeated@3"]);
    expect(found(tasks, [ev("begin"), ev("task.start"), ev("tusk.a"), ev("end")])).toEqual(["event/unknown-type@3"]);
  });
});

describe("parts", () => {
  const feed = define(
    "begin end",
    {
      stream: { open: "begin", close: "end" },
      topic: { in: "stream", key: "/id", open: "topic", inner: { topic: "any" }, close: "topic[over]" },
      post: {
        in: "topic",
        key: "/id",
        open: "post",
        inner: { post: "any" },
        joined: { text: { of: { post: "/text" }, at: "close", match: "parses" } },
      },
    },
    {
      events: {
        update: { parts: { topic: "/topics" } },
        topic: { subtype: "/state", parts: { post: "/posts" }, schema: { properties: { name: { type: "string" } } } },
        post: { schema: { properties: { text: { type: "string" } } } },
      },
    },
  );
  const topic = (id: number, text: string, state?: string): unknown => ({
    id,
    ...(state === undefined ? {} : { state }),
    posts: [{ id: 1, text }],
  });
  const update = (...topics: readonly unknown[]): Sent => ev("update", { topics });

  test("are events of their own, in the instance of what carries them", () => {
    expect(
      found(feed, [
        ev("begin"),
        update(topic(1, "["), topic(2, "{")),
        update(topic(2, "}", "over"), topic(1, "]", "over")),
        ev("end"),
      ]),
    ).toEqual([]);
    expect(
      found(feed, [
        ev("begin"),
        update(topic(1, "["), topic(2, "{")),
        update(topic(2, "]", "over"), topic(1, "]", "over")),
        ev("end"),
      ]),
    ).toEqual(["post/text-not-json@3"]);
  });

  test("a finding in a part says where it is in the event", () => {
    const { findings } = check(feed, [
      ev("begin"),
      update({ id: 1, state: "over", posts: [{ id: 1 }, { id: 2, text: 3 }] }),
      ev("end"),
    ]);
    expect(findings).toMatchObject([
      { rule: "event/payload", path: "/topics/0/posts/1/text", event: { number: 2, type: "update" } },
    ]);
    expect(findings[0]?.message).toContain("`post`");
  });

  test("may be one object instead of a list, or absent", () => {
    expect(
      found(feed, [
        ev("begin"),
        ev("update", { topics: { id: 1, state: "over" } }),
        ev("update"),
        ev("update", { topics: "none" }),
        ev("end"),
      ]),
    ).toEqual([]);
  });

  test("what a bad event carried is lost, and nothing that depended on it is judged", () => {
    const lost: Sent = { type: "update", data: '{"t":"update","topics":[' };
    expect(found(feed, [ev("begin"), update(topic(1, "[")), lost, update(topic(1, "]]", "over")), ev("end")])).toEqual([
      "event/not-json@3",
    ]);
  });

  test("a part that cannot be placed takes its own parts with it", () => {
    expect(found(feed, [ev("begin"), update({ posts: [{ id: 1, text: "{" }] }), ev("end")])).toEqual([
      "event/payload@2",
    ]);
  });
});
