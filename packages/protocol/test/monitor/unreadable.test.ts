import { describe, expect, test } from "vitest";
import type { Protocol } from "../../src/index.ts";
import { define, ev, found, type Sent } from "./streams.ts";

/*
 * What an event cannot say because its data is bad, and what the monitor had to forget, follows from that: one fault is one
 * error. The matrix of mutants found each of these.
 */

const begin = ev("begin");
const end = ev("end");

describe("an event whose subtype cannot be read", () => {
  const blocks: Protocol = define(
    "begin end add stop",
    {
      stream: { open: "begin", close: "end", inner: { status: "any" } },
      block: { in: "stream", key: "/id", open: "add", close: "stop", abort: "status[cut]" },
    },
    {
      type: ["/t", "event"],
      events: {
        status: { subtype: "/state/why", schema: { properties: { state: { type: "object" } } } },
        "status[cut]": {},
      },
    },
  );
  const add = ev("add", { id: 1 });

  test("may have aborted what is open, so nothing needs to be closed", () => {
    expect(found(blocks, [begin, add, ev("status", { state: { why: "cut" } }), end])).toEqual([]);
    expect(found(blocks, [begin, add, { type: "status", data: "{" }, end])).toEqual(["event/not-json@3"]);
    expect(found(blocks, [begin, add, ev("status", { state: 1 }), end])).toEqual(["event/payload@3"]);
  });

  test("says nothing about what is opened later, and nothing if it has no subtype", () => {
    const later = [ev("status", { state: 1 }), ev("add", { id: 2 }), end];
    expect(found(blocks, [begin, add, ...later])).toEqual(["event/payload@3", "block/unclosed@5"]);
    expect(found(blocks, [begin, add, ev("status", { state: {} }), end])).toEqual(["block/unclosed@4"]);
  });

  test("may have opened any kind, also where what it should be in is bad", () => {
    const kinds = define(
      "begin end red.go blue.go stop",
      {
        stream: { open: "begin", close: "end" },
        block: {
          in: "stream",
          open: "add",
          close: "stop",
          kinds: {
            red: { open: "add[red]", inner: { "red.go": "any" } },
            blue: { open: "add[blue]", inner: { "blue.go": "any" } },
          },
        },
      },
      { events: { add: { subtype: "/block/kind", schema: { properties: { block: { type: "object" } } } } } },
    );
    const add = (block: unknown): ReturnType<typeof ev> => ev("add", { block });
    expect(found(kinds, [begin, add({ kind: "red" }), ev("red.go"), ev("stop"), end])).toEqual([]);
    expect(found(kinds, [begin, add({}), ev("red.go"), ev("stop"), end])).toEqual(["block/wrong-kind@3"]);
    expect(found(kinds, [begin, add(true), ev("red.go"), ev("stop"), end])).toEqual(["event/payload@2"]);
  });
});

describe("a key that its schema finds wrong", () => {
  const scopes = {
    stream: { open: "begin", close: "end" },
    block: { in: "stream", key: "/id", open: "add", inner: { go: "once" }, close: "stop" },
  } as const;
  const events = { go: { schema: { properties: { id: { type: "number" } } } } } as const;
  const bad = [begin, ev("add", { id: 1 }), ev("go", { id: true }), ev("stop", { id: 1 }), end];

  test("may be that of any instance, whatever the severity of an orphan", () => {
    expect(found(define("begin end add stop", scopes, { events }), bad)).toEqual(["event/payload@3"]);
    const lax = define("begin end add stop", scopes, { events, rules: { "block/not-open": "off" } });
    expect(found(lax, bad)).toEqual(["event/payload@3"]);
  });

  test("is one to go by if the schema is only a warning", () => {
    const lax = define("begin end add stop", scopes, { events, rules: { "event/payload": "warning" } });
    expect(found(lax, bad)).toEqual(["event/payload@3", "block/not-open@3"]);
  });
});

describe("an instance that opens by itself", () => {
  const choices = define(
    "begin end",
    {
      stream: { open: "begin", inner: { chunk: "any" }, close: "end" },
      choice: {
        in: "stream",
        key: "/index",
        open: "choice",
        inner: { choice: "any" },
        opening: { required: ["role"] },
      },
      call: { in: "choice", key: "/index", open: "call", inner: { call: "any" }, opening: { required: ["name"] } },
    },
    { events: { chunk: { parts: { choice: "/choices" } }, choice: { parts: { call: "/calls" } }, call: {} } },
  );
  const chunk = (...all: readonly unknown[]): ReturnType<typeof ev> => ev("chunk", { choices: all });

  test("may have been opened in an event whose carrier has no key", () => {
    const first = { index: 0, role: "r", calls: [] };
    const lost = { calls: [{ index: 0, name: "n" }] };
    const next = { index: 0, calls: [{ index: 0 }] };
    expect(found(choices, [begin, chunk(first), chunk({ ...lost, index: 0 }), chunk(next), end])).toEqual([]);
    expect(found(choices, [begin, chunk(first), chunk(lost), chunk(next), end])).toEqual(["event/payload@3"]);
    expect(found(choices, [begin, chunk(first), chunk(next), end])).toEqual(["call/opening@3"]);
  });

  test("may have been forgotten", () => {
    const stream = [begin, chunk({ index: 0, role: "r" }), chunk({ index: 1, role: "r" }), chunk({ index: 0 }), end];
    expect(found(choices, stream)).toEqual([]);
    expect(found(choices, stream, { maxOpen: 2 })).toEqual(["stream/forgotten@3"]);
  });
});

test("what is in an instance that was forgotten is no orphan", () => {
  const nested = define("begin end add done part word", {
    stream: { open: "begin", close: "end" },
    item: { in: "stream", key: "/item", open: "add", close: "done" },
    part: { in: "item", open: "part", inner: { word: "any" } },
  });
  const item = (t: string, item: number): ReturnType<typeof ev> => ev(t, { item });
  const stream = [
    begin,
    item("add", 0),
    item("part", 0),
    item("add", 1),
    item("word", 0),
    item("done", 0),
    item("done", 1),
    end,
  ];
  expect(found(nested, stream)).toEqual([]);
  expect(found(nested, stream, { maxOpen: 3 })).toEqual(["stream/forgotten@4"]);
});

describe("an event that was lost", () => {
  const choices = define(
    "begin end",
    {
      stream: { open: "begin", inner: { chunk: "any" }, close: "end" },
      choice: {
        in: "stream",
        key: "/index",
        open: "choice",
        inner: { choice: "any" },
        close: "choice[*]",
        mustClose: false,
        opening: { required: ["role"] },
        constant: { id: "/id" },
      },
    },
    { events: { chunk: { parts: { choice: "/choices" } }, choice: { subtype: "/why" } } },
  );
  const chunk = (...all: readonly unknown[]): Sent => ev("chunk", { choices: all });
  const garbled: Sent = { data: "{" };
  const role = { role: "r" };

  test("may have had any number of parts", () => {
    const stream = [begin, garbled, chunk({ index: 0 }, { index: 1 }, { index: 2 }), end];
    expect(found(choices, stream)).toEqual(["event/not-json@2"]);
  });

  test("may have closed what the next event opens again", () => {
    const first = chunk({ index: 0, ...role, id: "a" });
    const next = chunk({ index: 0, ...role, id: "b" });
    expect(found(choices, [begin, first, garbled, next, end])).toEqual(["event/not-json@3"]);
    expect(found(choices, [begin, garbled, first, next, end])).toEqual(["event/not-json@2", "choice/id-changed@4"]);
  });
});

test("what is found wrong only in a part says nothing about the event that carries it, either", () => {
  const schema = { properties: { why: { type: "string" } } } as const;
  const carrier = define(
    "begin end",
    {
      stream: { open: "begin", inner: { chunk: "any" }, close: ["chunk[*]", "end"] },
      choice: { in: "stream", key: "/index", open: "choice", inner: { choice: "any" }, close: "choice[*]" },
    },
    {
      events: {
        chunk: { subtype: "/choices/0/why", parts: { choice: "/choices" } },
        choice: { subtype: "/why", schema },
      },
    },
  );
  const chunk = (...all: readonly unknown[]): Sent => ev("chunk", { choices: all });
  const open = { index: 1 };
  expect(found(carrier, [begin, chunk(open), chunk({ index: 0, why: 5 }), chunk({ ...open, why: "x" })])).toEqual([
    "event/payload@3",
  ]);
});

test("an object where a list of parts should be is no part: what was meant may have been several", () => {
  const carrier = define(
    "begin end chunk",
    {
      stream: { open: "begin", inner: { chunk: "any" }, close: "end" },
      call: { in: "stream", key: "/n", numbered: {}, open: "call", inner: { call: "any" } },
    },
    {
      events: {
        chunk: { parts: { call: "/calls" }, schema: { properties: { calls: { type: "array" } } } },
        call: {},
      },
    },
  );
  const chunk = (calls: unknown): Sent => ev("chunk", { calls });
  const [none, two] = [{}, [{ n: 0 }, { n: 1 }]];
  expect(found(carrier, [begin, chunk(two), chunk([{ n: 2 }]), end])).toEqual([]);
  // Lost were 0 and 2.
  expect(found(carrier, [begin, chunk(none), chunk([{ n: 1 }, { n: 3 }]), end])).toEqual(["event/payload@2"]);
});
