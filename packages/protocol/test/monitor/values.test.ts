import { describe, expect, test } from "vitest";
import { check, checkBytes, define, ev, found, type Sent } from "./streams.ts";

const [begin, end] = [ev("begin"), ev("end")];

describe("constant", () => {
  const one = define("begin mid end", {
    stream: { open: "begin", inner: { mid: "any" }, close: "end", constant: { v: "/v" } },
  });
  const values = (...all: readonly unknown[]): readonly string[] =>
    found(one, [begin, ...all.map((v) => ev("mid", { v })), end]);

  test("is the same on every event that has it; empty and null are not compared", () => {
    expect(values(1, 1, null, "", 1)).toEqual([]);
    expect(values("a", "b")).toEqual(["stream/v-changed@3"]);
    expect(values(1, "1")).toEqual(["stream/v-changed@3"]);
    expect(values(true, false)).toEqual(["stream/v-changed@3"]);
  });

  test("is reported once an instance, with the first value's place", () => {
    const { findings, heldBack } = check(one, [begin, ...[1, 2, 3].map((v) => ev("mid", { v })), end]);
    expect(findings).toMatchObject([{ path: "/v", related: [{ message: "1 here", event: { number: 2 } }] }]);
    expect(heldBack).toBe(1);
  });

  test("objects are compared by what they say", () => {
    expect(values({ a: 1, b: [2] }, { b: [2.0], a: 1 })).toEqual([]);
    expect(values({ a: 1 }, { a: 1, b: 2 })).toEqual(["stream/v-changed@3"]);
  });

  test("can be read from events that are not the scope's own", () => {
    const map = define("begin open end", {
      stream: { open: "begin", close: "end", constant: { v: { "*": "/v", open: "/deep/v" } } },
      child: { in: "stream", open: "open" },
    });
    expect(found(map, [ev("begin", { v: 1 }), ev("open", { v: 2, deep: { v: 1 } }), ev("end", { v: 1 })])).toEqual([]);
    expect(found(map, [ev("begin", { v: 1 }), ev("open", { deep: { v: 2 } }), ev("x.unknown", { v: 1 }), end])).toEqual(
      ["stream/v-changed@2", "event/unknown-type@3"],
    );
  });
});

describe("a scope that is open around another", () => {
  const nested = define("begin add part delta done end", {
    stream: { open: "begin", close: "end" },
    item: { in: "stream", key: "/i", open: "add", close: "done", constant: { id: { "*": "/id" } } },
    part: { in: "item", key: "/p", open: "part", inner: { delta: "any" } },
  });
  const inside = (...ids: readonly unknown[]): readonly string[] => {
    const deltas = ids.map((id) => ev("delta", { i: 1, p: 1, id }));
    const add = ev("add", { i: 1, id: "a" });
    return found(nested, [begin, add, ev("part", { i: 1, p: 1, id: "a" }), ...deltas, ev("done", { i: 1 }), end]);
  };

  test("reads what is its own on the events of the inner one too", () => {
    expect(inside("a", "a")).toEqual([]);
    expect(inside("a", "b", "b")).toEqual(["item/id-changed@5"]);
  });
});

describe("counters", () => {
  const counting = (
    counter: { from?: number; step?: number | "up" },
    ...values: readonly unknown[]
  ): readonly string[] => {
    const protocol = define("begin mid end", {
      stream: { open: "begin", inner: { mid: "any" }, close: "end", counters: { n: { of: "/n", ...counter } } },
    });
    return found(protocol, [begin, ...values.map((n) => ev("mid", { n })), end]);
  };

  test("count from where they must, or from anywhere", () => {
    expect(counting({ from: 0 }, 0, 1, 2)).toEqual([]);
    expect(counting({ from: 0 }, 1, 2)).toEqual(["stream/n-jumps@2"]);
    expect(counting({}, 7, 8, 9)).toEqual([]);
    expect(counting({ step: 10 }, 7, 17)).toEqual([]);
    expect(counting({}, 7, "8", null, 8)).toEqual([]);
  });

  test("`up` only increases", () => {
    expect(counting({ step: "up" }, 1, 5, 6)).toEqual([]);
    expect(counting({ step: "up" }, 1, 5, 5)).toEqual(["stream/n-jumps@4"]);
    expect(counting({ step: "up", from: 3 }, 3, 4)).toEqual([]);
    expect(counting({ step: "up", from: 3 }, 2)).toEqual(["stream/n-jumps@2"]);
  });

  test("two swapped numbers, a repeated and a missing one are one fault each", () => {
    expect(counting({ from: 0 }, 0, 2, 1, 3, 4)).toEqual(["stream/n-jumps@3"]);
    expect(counting({ from: 0 }, 0, 1, 1, 2, 3)).toEqual(["stream/n-jumps@4"]);
    expect(counting({ from: 0 }, 0, 2, 3, 4)).toEqual(["stream/n-jumps@3"]);
  });
});

describe("joined", () => {
  const joining = (
    match: "equal" | "prefix" | "json" | "parses",
    at: "close" | { whole: string } = { whole: "/v" },
  ) => {
    const protocol = define("begin part whole end", {
      stream: {
        open: "begin",
        inner: { part: "any", whole: "any" },
        close: "end",
        joined: { text: { of: { part: "/p" }, at, match } },
      },
    });
    return (parts: readonly unknown[], v?: unknown): readonly string[] =>
      found(protocol, [begin, ...parts.map((p): Sent => ev("part", { p })), ev("whole", { v }), end]);
  };

  test("equal: the same string", () => {
    const text = joining("equal");
    expect(text(["to ", "", "be"], "to be")).toEqual([]);
    expect(text(["to ", "be"], "to be!")).toEqual(["stream/text-differs@4"]);
    expect(text(["to ", "be"], "to bo")).toEqual(["stream/text-differs@4"]);
    expect(text([], "anything")).toEqual([]);
    expect(text(["x"], 7)).toEqual([]);
    expect(text(["x".repeat(100_000), "y"], `${"x".repeat(100_000)}y`)).toEqual([]);
  });

  test("prefix: the value begins with it", () => {
    const text = joining("prefix");
    expect(text(["to "], "to be")).toEqual([]);
    expect(text(["to be"], "to be")).toEqual([]);
    expect(text(["to be"], "to")).toEqual(["stream/text-differs@3"]);
    expect(text(["be"], "to be")).toEqual(["stream/text-differs@3"]);
  });

  test("json: it parses to the value", () => {
    const json = joining("json");
    expect(json(['{"a":', "1e0}"], { a: 1 })).toEqual([]);
    expect(json(["[1", ",2]"], [2, 1])).toEqual(["stream/text-differs@4"]);
    expect(json(["[1"], [1])).toEqual(["stream/text-not-json@3"]);
    expect(json(['{"__proto__":1}'], JSON.parse('{"__proto__":1}'))).toEqual([]);
    expect(json(['{"__proto__":1}'], {})).toEqual(["stream/text-differs@3"]);
    expect(json(['{"a":1,"a":2}'], { a: 2 })).toEqual([]);
    expect(json(["9007199254740993"], 9007199254740992)).toEqual(["stream/text-differs@3"]);
  });

  test("json nested 100,000 deep is compared", () => {
    const deep = `${"[".repeat(100_000)}1${"]".repeat(100_000)}`;
    const whole = (value: string): Sent => ({ data: `{"t":"whole","v":${value}}` });
    const protocol = define("begin part whole end", {
      stream: {
        open: "begin",
        inner: { part: "any", whole: "any" },
        close: "end",
        joined: { text: { of: { part: "/p" }, at: { whole: "/v" }, match: "json" } },
      },
    });
    expect(found(protocol, [begin, ev("part", { p: deep }), whole(deep), end])).toEqual([]);
    expect(found(protocol, [begin, ev("part", { p: deep }), whole(deep.replace("1", "2")), end])).toEqual([
      "stream/text-differs@3",
    ]);
  });

  test("parses: it is JSON, at a place or when the scope closes", () => {
    expect(joining("parses")(["{", "}"], 0)).toEqual([]);
    expect(joining("parses")(["{"], 0)).toEqual(["stream/text-not-json@3"]);
    expect(joining("parses", "close")(["{"])).toEqual(["stream/text-not-json@4"]);
    expect(joining("parses", "close")([""])).toEqual([]);
  });

  test("a part whose bytes were damaged is not judged twice", () => {
    const protocol = define("begin part whole end", {
      stream: {
        open: "begin",
        inner: { part: "any", whole: "any" },
        close: "end",
        joined: { text: { of: { part: "/p" }, at: { whole: "/v" }, match: "equal" } },
      },
    });
    const bytes = new TextEncoder().encode(
      'data: {"t":"begin"}\n\ndata: {"t":"part","p":"?"}\n\ndata: {"t":"whole","v":"é"}\n\ndata: {"t":"end"}\n\n',
    );
    bytes[bytes.indexOf("?".charCodeAt(0))] = 0xff;
    const { findings } = checkBytes(protocol, bytes);
    expect(findings.map(({ rule }) => rule)).toEqual(["sse/invalid-utf8"]);
  });
});
